import { ChevronDown, ChevronUp, FileCode, Forward, Image } from "lucide-react"
import { type ReactNode, useState } from "react"
import { useTexts } from "../../../lib/language.tsx"
import { Button } from "../../../ui/button.tsx"
import type { Message } from "../message-queries.ts"
import { type FrameContents, MailFrame } from "./mail-frame.tsx"
import { ForwardDialog } from "./forward-dialog.tsx"
import { MailHead } from "./mail-head.tsx"
import { MailOriginalDialog } from "./mail-original-dialog.tsx"

interface Props {
  message: Message
  name: string
  ticketNumber: string
  /** Texts and files as other channels show them; the code is there already, and comes no second time with this. */
  renderText: (content: string) => ReactNode
  renderFiles: (files: Message["attachments"]) => ReactNode
}

const nothingShown: FrameContents = { isFolded: false, hasHeldImages: false, fileIds: [] }

/** A mail in the thread: whom it went to, its HTML in a frame or its text with the quote folded, and the files that neither shows. */
export function MailContent({ message, name, ticketNumber, renderText, renderFiles }: Props) {
  const { t } = useTexts()
  const [isUnfolded, setUnfolded] = useState(false)
  const [hasImages, setImages] = useState(false)
  const [contents, setContents] = useState(nothingShown)
  const { content, foldedFrom, quotedFrom, attachments, mail } = message
  const isFramed = mail?.hasHtml === true
  const isFolded = isFramed ? contents.isFolded : typeof foldedFrom === "number"
  const path = `/api/v1/tickets/${ticketNumber}/messages/${message.id}`
  return (
    <div className="min-w-0">
      <MailHead {...{ message, ticketNumber }} />
      {isFramed ? (
        <MailFrame
          src={`${path}/html${hasImages ? "?images=remote" : ""}`}
          title={t("mail.frame", { name })}
          isUnfolded={isUnfolded}
          onRead={setContents}
        />
      ) : (
        renderText(isFolded && !isUnfolded ? content.slice(0, foldedFrom ?? undefined).trimEnd() : content)
      )}
      {renderFiles(attachments.filter(({ id }) => !contents.fileIds.includes(id)))}
      <div className="mt-1 flex flex-wrap items-center gap-1">
        {isFolded && (
          <Button look="quiet" size="sm" aria-expanded={isUnfolded} onClick={() => setUnfolded(!isUnfolded)}>
            {isUnfolded ? <ChevronUp /> : <ChevronDown />}
            {t(foldName(typeof quotedFrom === "number", isUnfolded))}
          </Button>
        )}
        {contents.hasHeldImages && (
          <Button look="quiet" size="sm" title={t("mail.imagesTell")} onClick={() => setImages(true)}>
            <Image />
            {t("mail.showImages")}
          </Button>
        )}
        <MailActions {...{ message, ticketNumber }} path={path} />
      </div>
    </div>
  )
}

type ActionsProps = { message: Message; ticketNumber: string; path: string }

/** What else may be done with a mail. */
function MailActions({ message: { id, mail }, ticketNumber, path }: ActionsProps) {
  const { t } = useTexts()
  const [opened, setOpened] = useState<"original" | "forward">()
  const close = () => setOpened(undefined)
  const button = (what: "original" | "forward", sign: ReactNode) => (
    <Button
      look="quiet"
      size="icon"
      aria-label={t(`mail.${what}`)}
      title={t(`mail.${what}`)}
      onClick={() => setOpened(what)}
    >
      {sign}
    </Button>
  )
  return (
    <>
      {mail?.hasRaw && button("original", <FileCode />)}
      {button("forward", <Forward />)}
      {opened === "original" && <MailOriginalDialog path={`${path}/raw`} onClose={close} />}
      {opened === "forward" && <ForwardDialog {...{ ticketNumber }} messageId={id} onClose={close} />}
    </>
  )
}

/** What is folded begins with the signature; a quote may follow it. */
function foldName(hasQuote: boolean, isUnfolded: boolean) {
  if (hasQuote) return isUnfolded ? "mail.hideFolded" : "mail.showFolded"
  return isUnfolded ? "mail.hideSignature" : "mail.showSignature"
}
