import { MapPin } from "lucide-react"
import { Fragment, type ReactNode } from "react"
import { useTexts } from "../../lib/language.tsx"
import { isMapLink, type Span } from "./parse-formatted-text.ts"

export const FormattedText = ({ spans }: { spans: Span[] }) =>
  spans.map((span, index) => (
    <Fragment key={index}>
      <OneSpan span={span} />
    </Fragment>
  ))

function OneSpan({ span }: { span: Span }) {
  switch (span.type) {
    case "text":
      return span.text
    case "bold":
      return (
        <strong className="font-strong">
          <FormattedText spans={span.inner} />
        </strong>
      )
    case "italic":
      return (
        <em>
          <FormattedText spans={span.inner} />
        </em>
      )
    case "struck":
      return (
        <s>
          <FormattedText spans={span.inner} />
        </s>
      )
    case "code":
      return <code className="font-mono text-sm">{span.text}</code>
    case "url":
      return <Linked to={span.href} text={span.text} />
    case "link":
      return (
        <Anchor to={span.href}>
          <FormattedText spans={span.inner} />
        </Anchor>
      )
    case "picture":
      return <img src={`/api/v1/attachments/${span.fileId}`} alt={span.alt} className="max-w-full" />
  }
}

function Linked({ to, text }: { to: string; text: string }) {
  const { t } = useTexts()
  return (
    <Anchor to={to}>
      {isMapLink(to) ? (
        <span className="inline-flex items-center gap-1">
          <MapPin className="size-4" aria-hidden />
          {t("message.openMap")}
        </span>
      ) : (
        text
      )}
    </Anchor>
  )
}

const Anchor = ({ to, children }: { to: string; children: ReactNode }) => (
  <a
    href={to}
    target="_blank"
    rel="noopener noreferrer nofollow"
    className="text-accent-strong underline underline-offset-2"
  >
    {children}
  </a>
)
