import { MapPin } from "lucide-react"
import { Fragment } from "react"
import { useTexts } from "../lib/language.tsx"
import { isMap, type Span } from "./plain.ts"

export const Spans = ({ spans }: { spans: Span[] }) =>
  spans.map((span, index) => (
    <Fragment key={index}>
      <OneSpan span={span} />
    </Fragment>
  ))

function OneSpan({ span }: { span: Span }) {
  switch (span.type) {
    case "bold":
      return (
        <strong className="font-strong">
          <Spans spans={span.spans} />
        </strong>
      )
    case "italic":
      return (
        <em>
          <Spans spans={span.spans} />
        </em>
      )
    case "struck":
      return (
        <s>
          <Spans spans={span.spans} />
        </s>
      )
    case "code":
      return <code className="font-mono text-sm">{span.text}</code>
    case "link":
      return <Linked to={span.text} />
    default:
      return span.text
  }
}

function Linked({ to }: { to: string }) {
  const { t } = useTexts()
  return (
    <a
      href={to}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="text-accent-strong underline underline-offset-2"
    >
      {isMap(to) ? (
        <span className="inline-flex items-center gap-1">
          <MapPin className="size-4" aria-hidden />
          {t("message.openMap")}
        </span>
      ) : (
        to
      )}
    </a>
  )
}
