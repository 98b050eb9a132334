import { useNavigate } from "@tanstack/react-router"
import { useQuery } from "@tanstack/react-query"
import { savedViewsQuery } from "../../inbox/views/saved-views.ts"
import { useBuiltInViews } from "../../inbox/views/use-view-groups.ts"
import { useTexts } from "../../lib/language.tsx"
import { setTheme, themes } from "../../lib/theme.ts"
import { useMe } from "../../session/session-queries.ts"
import { settingsSections } from "../../settings/settings-sections.ts"
import { openNewTicket } from "../../tickets/new/open-new-ticket-dialog.ts"
import { openStartConversation } from "../../tickets/start-conversation/open-start-conversation.ts"
import { ticketRefOf } from "../../tickets/ticket.ts"
import { useContactCommands } from "./contact-commands.ts"
import { useTicketCommands } from "./ticket-commands.ts"
import type { Command } from "./command-type.ts"

/** Everything the palette can do here and now, the open ticket first. */
export function useCommands(typed: string, onKeys: () => void): Command[] {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { can } = useMe()
  const ofTicket = useTicketCommands()
  const views = useBuiltInViews()
  const saved = useQuery(savedViewsQuery).data?.items ?? []
  const people = useContactCommands(typed)
  const number = ticketRefOf(typed)
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
    { group: t("palette.create"), name: t("conversation.start"), run: () => openStartConversation() },
    ...views.map((view) => go(t(`view.${view}`), () => void navigate({ to: "/inbox", search: { view } }))),
    ...saved.map((view) => go(view.name, () => void navigate({ to: "/inbox", search: { view: `saved:${view.id}` } }))),
    go(t("nav.contacts"), () => void navigate({ to: "/contacts" })),
    go(t("nav.incidents"), () => void navigate({ to: "/incidents" })),
    go(`${t("nav.incidents")}: ${t("incident.movements")}`, () => void navigate({ to: "/incidents/import" })),
    go(
      `${t("nav.incidents")}: ${t("incident.statusMapping")}`,
      () => void navigate({ to: "/incidents/status-mapping" }),
    ),
    go(t("nav.agreements"), () => void navigate({ to: "/agreements" })),
    go(t("nav.campaigns"), () => void navigate({ to: "/campaigns" })),
    ...settingsSections(can).map((page) =>
      go(`${t("settings.title")}: ${t(`settings.${page}`)}`, () => void navigate({ to: `/settings/${page}` })),
    ),
    ...themes.map((theme) => ({
      group: t("palette.preferences"),
      name: `${t("theme.label")}: ${t(`theme.${theme}`)}`,
      run: () => setTheme(theme),
    })),
    { group: t("palette.preferences"), name: t("nav.shortcuts"), run: onKeys },
  ]
  return [...people, ...jump, ...all.filter((command) => plain(command.name).includes(plain(typed)))]
}

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim()
