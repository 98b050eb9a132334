import { Copy, Ellipsis, Link2, Merge, Plus, Split, Tag, Undo2 } from "lucide-react"
import { useTexts } from "../lib/language.tsx"
import { useShortcuts } from "../lib/shortcuts.ts"
import { Button } from "../ui/button.tsx"
import { copyText } from "../ui/copy.tsx"
import { Menu, MenuItem, MenuLine } from "../ui/menu.tsx"
import { toast } from "../ui/toast.tsx"
import { useUnmerge } from "./bonds.ts"
import { closeTicketDialog, openTicketDialog, useTicketDialog } from "./dialogs.ts"
import { LinkDialog } from "./link-dialog.tsx"
import { MergeDialog } from "./merge-dialog.tsx"
import { openNewTicket } from "./new/door.ts"
import { startSplitting } from "./splitting.ts"
import { TicketTagsDialog } from "./tags-dialog.tsx"
import type { Ticket } from "./ticket.ts"

export const addressOfTicket = (number: string) => `${location.origin}/tickets/${number}`

export function useCopying() {
  const { t } = useTexts()
  return (text: string) => void copyText(text).then((done) => done && toast(`${t("action.copied")}: ${text}`))
}

/** What is done seldom. */
export function MoreMenu({ ticket }: { ticket: Ticket }) {
  const { t } = useTexts()
  const unmerge = useUnmerge()
  const { number, can } = ticket
  const dialog = useTicketDialog(number)
  useShortcuts({ KeyL: can.includes("edit") && (() => openTicketDialog(number, "tags")) })
  return (
    <>
      <Menu
        label={t("action.more")}
        trigger={
          <Button look="quiet" size="icon" aria-label={t("action.more")} title={t("action.more")}>
            <Ellipsis />
          </Button>
        }
      >
        {can.includes("edit") && (
          <MenuItem onSelect={() => openTicketDialog(number, "tags")}>
            <Tag aria-hidden />
            {t("details.editTags")}
          </MenuItem>
        )}
        {can.includes("merge") && (
          <MenuItem onSelect={() => openTicketDialog(number, "merge")}>
            <Merge aria-hidden />
            {t("merge.menu")}
          </MenuItem>
        )}
        {can.includes("unmerge") && (
          <MenuItem onSelect={() => unmerge.mutate(number)}>
            <Undo2 aria-hidden />
            {t("merge.undo")}
          </MenuItem>
        )}
        {can.includes("split") && (
          <MenuItem onSelect={() => startSplitting(number)}>
            <Split aria-hidden />
            {t("split.menu")}
          </MenuItem>
        )}
        {can.includes("link") && (
          <MenuItem onSelect={() => openTicketDialog(number, "link")}>
            <Link2 aria-hidden />
            {t("link.menu")}
          </MenuItem>
        )}
        {ticket.kind === "conversation" && (
          <MenuItem onSelect={() => openNewTicket({ from: ticket })}>
            <Plus aria-hidden />
            {t("newTicket.fromHere")}
          </MenuItem>
        )}
        <Copying number={number} />
      </Menu>
      {dialog === "tags" && <TicketTagsDialog ticket={ticket} onClose={closeTicketDialog} />}
      {dialog === "merge" && <MergeDialog ticket={ticket} onClose={closeTicketDialog} />}
      {dialog === "link" && <LinkDialog ticket={ticket} onClose={closeTicketDialog} />}
    </>
  )
}

function Copying({ number }: { number: string }) {
  const { t } = useTexts()
  const copy = useCopying()
  return (
    <>
      <MenuLine />
      <MenuItem onSelect={() => copy(number)}>
        <Copy aria-hidden />
        {t("ticket.copyNumber", { number })}
      </MenuItem>
      <MenuItem onSelect={() => copy(addressOfTicket(number))}>
        <Copy aria-hidden />
        {t("ticket.copyAddress")}
      </MenuItem>
    </>
  )
}
