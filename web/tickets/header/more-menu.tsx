import { Copy, Ellipsis, Link2, Merge, Plus, Split, Tag, Undo2 } from "lucide-react"
import { useTexts } from "../../lib/language.tsx"
import { useShortcuts } from "../../lib/keyboard-shortcuts.ts"
import { Button } from "../../ui/button.tsx"
import { copyText } from "../../ui/copy-button-and-snippet.tsx"
import { Menu, MenuItem, MenuSeparator } from "../../ui/menu.tsx"
import { DialogLoadedLater } from "../../ui/lazy-part.tsx"
import { toast } from "../../ui/toast.tsx"
import { useUnmerge } from "../merge/merge-split-and-link-mutations.ts"
import { closeTicketDialog, openTicketDialog, useTicketDialog } from "../ticket-dialog-state.ts"
import { linkDialog, mergeDialog } from "../merge/load-dialogs.ts"
import { openNewTicket } from "../new/open-new-ticket-dialog.ts"
import { startSplit } from "../merge/split-selection.ts"
import { TicketTagsDialog } from "../fields/tags-dialog.tsx"
import type { Ticket } from "../ticket.ts"

export const ticketUrl = (number: string) => `${location.origin}/tickets/${number}`

export function useCopyToClipboard() {
  const { t } = useTexts()
  return (text: string) => void copyText(text).then((done) => done && toast(`${t("action.copied")}: ${text}`))
}

/** What is done seldom. */
export function MoreMenu({ ticket }: { ticket: Ticket }) {
  const { t } = useTexts()
  const unmerge = useUnmerge()
  const { number, can } = ticket
  const dialog = useTicketDialog(number)
  useMoreKeys(ticket)
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
          <MenuItem onSelect={() => startSplit(number)}>
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
      {dialog === "merge" && <DialogLoadedLater load={mergeDialog} props={{ ticket, onClose: closeTicketDialog }} />}
      {dialog === "link" && <DialogLoadedLater load={linkDialog} props={{ ticket, onClose: closeTicketDialog }} />}
    </>
  )
}

function useMoreKeys({ number, can }: Ticket) {
  useShortcuts({
    KeyL: can.includes("edit") && (() => openTicketDialog(number, "tags")),
    KeyV: can.includes("split") && (() => startSplit(number)),
  })
}

function Copying({ number }: { number: string }) {
  const { t } = useTexts()
  const copy = useCopyToClipboard()
  return (
    <>
      <MenuSeparator />
      <MenuItem onSelect={() => copy(number)}>
        <Copy aria-hidden />
        {t("ticket.copyNumber", { number })}
      </MenuItem>
      <MenuItem onSelect={() => copy(ticketUrl(number))}>
        <Copy aria-hidden />
        {t("ticket.copyAddress")}
      </MenuItem>
    </>
  )
}
