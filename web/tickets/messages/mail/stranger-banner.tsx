import { useTexts } from "../../../lib/language.tsx"
import { Button } from "../../../ui/button.tsx"
import { startSplit, toggleSplitMessage } from "../../merge/split-selection.ts"
import type { Message } from "../message-queries.ts"
import { useChangeRequester, useFollowers } from "./mail-mutations.ts"
import { MailWarning } from "./mail-warning.tsx"

/** Somebody writes who had no part in the thread: they get no answers until somebody decides who they are. */
export function StrangerBanner({
  message: { id, mail, sender },
  ticketNumber,
}: {
  message: Message
  ticketNumber: string
}) {
  const { t } = useTexts()
  const { add } = useFollowers(ticketNumber)
  const requester = useChangeRequester(ticketNumber)
  const address = mail?.writer ?? mail?.from.address ?? ""
  const name = (address === mail?.from.address ? mail.from.name : sender.name) ?? ""
  const isPending = add.isPending || requester.isPending
  const split = () => {
    startSplit(ticketNumber)
    toggleSplitMessage(id)
  }
  return (
    <MailWarning text={t("mail.stranger", { address })}>
      <span className="mt-1 flex flex-wrap gap-1">
        <Button size="sm" disabled={isPending} onClick={() => add.mutate({ name, address })}>
          {t("mail.addFollower")}
        </Button>
        <Button size="sm" disabled={isPending} onClick={() => requester.mutate({ name, address })}>
          {t("mail.makeRequester")}
        </Button>
        <Button size="sm" onClick={split}>
          {t("mail.splitOff")}
        </Button>
      </span>
    </MailWarning>
  )
}
