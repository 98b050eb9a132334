import { useNavigate, useParams } from "@tanstack/react-router"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { views } from "../inbox/view.ts"
import { useTexts } from "../lib/language.tsx"
import { chooseTheme, themes } from "../lib/theme.ts"
import { useMe } from "../session/session.ts"
import { settingsPages } from "../settings/pages.ts"
import { useAssign, useChangeStatus } from "../tickets/change.ts"
import { openNewTicket } from "../tickets/new/door.ts"
import { ending, refOf, revival, type Ticket } from "../tickets/ticket.ts"
import { ticketQuery } from "../tickets/tickets.ts"

export interface Command {
  group: string
  name: string
  run: () => void
}

/** Everything the palette can do here and now, the open ticket first. */
export function useCommands(typed: string, onKeys: () => void): Command[] {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { can } = useMe()
  const ofTicket = useTicketCommands()
  const number = refOf(typed)
  const jump: Command[] = number.startsWith("TKT-")
    ? [
        {
          group: t("palette.go"),
          name: t("palette.open", { number }),
          run: () => void navigate({ to: "/tickets/$ref", params: { ref: number } }),
        },
      ]
    : []
  const go = (name: string, run: () => void): Command => ({ group: t("palette.go"), name, run })
  const all = [
    ...ofTicket,
    { group: t("palette.create"), name: t("newTicket.title"), run: () => openNewTicket() },
    ...views.map((view) => go(t(`view.${view}`), () => void navigate({ to: "/inbox", search: { view } }))),
    go(t("nav.campaigns"), () => void navigate({ to: "/campaigns" })),
    ...settingsPages(can).map((page) =>
      go(`${t("settings.title")}: ${t(`settings.${page}`)}`, () => void navigate({ to: `/settings/${page}` })),
    ),
    ...themes.map((theme) => ({
      group: t("palette.preferences"),
      name: `${t("theme.label")}: ${t(`theme.${theme}`)}`,
      run: () => chooseTheme(theme),
    })),
    { group: t("palette.preferences"), name: t("nav.shortcuts"), run: onKeys },
  ]
  return [...jump, ...all.filter((command) => plain(command.name).includes(plain(typed)))]
}

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim()

function useTicketCommands(): Command[] {
  const { t } = useTexts()
  const me = useMe()
  const { ref } = useParams({ strict: false })
  const number = ref ? refOf(ref) : ""
  const client = useQueryClient()
  const { data } = useQuery({
    ...ticketQuery(number),
    enabled: false,
    initialData: () => client.getQueryData<Ticket>(["ticket", number]),
  })
  const status = useChangeStatus(number)
  const assign = useAssign(number)
  if (!number || !data) return []
  const group = t("palette.ticket")
  const commands: Command[] = []
  const step = (next: string, name: string) =>
    commands.push({ group, name, run: () => status.mutate({ status: next, from: data.status }) })
  const end = ending(data)
  const back = revival(data)
  if (end) step(end, end === "closed" ? t("ticket.close") : t("ticket.resolve"))
  if (back) step(back, t("ticket.reopen"))
  if (data.can.includes("assign") && data.assignee?.id !== me.id)
    commands.push({ group, name: t("ticket.toMe"), run: () => assign.mutate({ agent: me, seen: data }) })
  return commands
}
