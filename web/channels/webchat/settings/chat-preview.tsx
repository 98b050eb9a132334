import { useEffect, useRef, useState } from "react"
import type { Conversation, PreChat } from "#channels/webchat/api-contract.ts"
import { hexColour } from "#channels/webchat/look/api-contract.ts"
import { useTexts } from "../../../lib/language.tsx"
import { type ChatForm, optionLines } from "./chat-form-values.ts"

const now = new Date().toISOString()

interface Props {
  id: string
  name: string
  form: ChatForm
}

/** The chat's own page with what stands in the form, before it is saved. Nothing that is done there goes anywhere. */
export function ChatPreview({ id, name, form }: Props) {
  const { t, language } = useTexts()
  const frame = useRef<HTMLIFrameElement>(null)
  const [isReady, setReady] = useState(false)
  const preview = JSON.stringify(conversationOf(form, name, [t("webChat.sampleQuestion"), t("webChat.sampleAnswer")]))
  useEffect(() => {
    const listen = ({ source, data }: MessageEvent<{ hilo?: unknown; ready?: unknown } | null>) => {
      if (source === frame.current?.contentWindow && data?.hilo === 1 && data.ready === true) setReady(true)
    }
    addEventListener("message", listen)
    return () => removeEventListener("message", listen)
  }, [])
  useEffect(() => {
    if (isReady)
      frame.current?.contentWindow?.postMessage({ hilo: 1, preview: JSON.parse(preview) as unknown }, location.origin)
  }, [isReady, preview])
  return (
    <section aria-label={t("webChat.preview")} className="grid gap-2">
      <h3 className="font-strong">{t("webChat.preview")}</h3>
      {/* The desk's own page, which works on its own origin alone. */}
      {/* oxlint-disable-next-line react/iframe-missing-sandbox */}
      <iframe
        ref={frame}
        title={t("webChat.preview")}
        src={`/chat/${id}?preview=1&lang=${language}`}
        tabIndex={-1}
        className="h-[520px] w-full max-w-[384px] rounded-lg border border-line bg-surface"
      />
    </section>
  )
}

function conversationOf(form: ChatForm, name: string, [question = "", answer = ""]: string[]): Conversation {
  const colour = (text: string) => (hexColour.test(text) ? text : null)
  const preChat = previewedPreChat(form)
  const common = { clientId: null, contentHtml: null, files: [], at: now }
  return {
    connection: {
      name: form.title.trim() || name,
      greeting: form.greeting.trim() || null,
      enabled: true,
      color: colour(form.color),
      textColor: colour(form.textColor),
      logo: form.logo || null,
      mailsReplies: false,
      mailsTranscripts: form.transcript,
      preChat,
      hours: null,
    },
    // Who is asked something has not written yet.
    messages: preChat
      ? []
      : [
          { ...common, id: "msg_1", direction: "in", content: question, author: null },
          { ...common, id: "msg_2", direction: "out", content: answer, author: "Ana" },
        ],
    seenId: null,
    status: "open",
  }
}

function previewedPreChat({ askName, askEmail, questions }: ChatForm): PreChat | null {
  if (askName === "off" && askEmail === "off" && questions.length === 0) return null
  const shown = questions.map(({ options, ...question }) => {
    const lines = optionLines(options)
    return { ...question, options: lines.length > 0 ? lines : null }
  })
  return { name: askName as PreChat["name"], email: askEmail as PreChat["email"], questions: shown }
}
