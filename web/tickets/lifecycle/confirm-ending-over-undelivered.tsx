// Ending a ticket over messages that did not arrive is asked about first, from wherever it is ended.
import type { Announcements } from "#views/api-contract.ts"
import { post } from "../../lib/api-client.ts"
import { createSharedState } from "../../lib/shared-state.ts"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { expectUndo } from "../../ui/toast.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { isElsewhere, openInInbox } from "../after-closing/go-on.ts"
import { unsentCount } from "../messages/outbox.ts"

interface Question {
  number: string
  undelivered: number
  go: () => void
}

const asked = createSharedState<Question | undefined>(undefined)

// Tickets of which the server is being asked: the same key once more means nothing else.
const beingAsked = new Set<string>()

interface EndRequest {
  id: string | undefined
  number: string
  status: string
}

/** Calls `go` at once when everything has arrived, and after a word otherwise. What cannot be asked is not in the way. */
export function confirmUndelivered({ id, number, status }: EndRequest, go: () => void) {
  if (id === undefined || (status !== "closed" && status !== "resolved")) return go()
  if (beingAsked.has(id)) return
  beingAsked.add(id)
  const settle = expectUndo()
  void undeliveredOf(id, number, status)
    .finally(() => {
      settle()
      beingAsked.delete(id)
    })
    .then((undelivered) => (undelivered === 0 ? go() : asked.set({ number, undelivered, go })))
}

async function undeliveredOf(id: string, number: string, status: string): Promise<number> {
  const announcements = await post<Announcements>("/tickets/announcements", { tickets: [id], status }).catch(() => null)
  return announcements ? announcements.undelivered + unsentCount(number) : 0
}

/** Stands outside the screens: the agent who ends a ticket may be at the next one already. */
export function ConfirmUndeliveredDialog() {
  const { t } = useTexts()
  const question = asked.use()
  if (!question) return null
  const close = () => asked.set(undefined)
  const end = () => {
    close()
    question.go()
  }
  const stay = () => {
    close()
    if (isElsewhere(question.number)) openInInbox(question.number)
  }
  return (
    <Dialog
      open
      onClose={stay}
      title={t("closing.title", { number: question.number })}
      text={t("closing.text", { count: question.undelivered })}
      footer={
        <>
          <Button autoFocus onClick={stay}>
            {t("closing.stay")}
          </Button>
          <Button look="primary" onClick={end}>
            {t("closing.go")}
          </Button>
        </>
      }
    />
  )
}
