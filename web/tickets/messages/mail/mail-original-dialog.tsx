import { useQuery } from "@tanstack/react-query"
import { FileDown } from "lucide-react"
import { Problem } from "../../../lib/api-client.ts"
import { useTexts } from "../../../lib/language.tsx"
import { Button } from "../../../ui/button.tsx"
import { Dialog } from "../../../ui/dialog.tsx"
import { NotLoaded, Skeleton } from "../../../ui/loading-empty-and-error.tsx"
import { splitRawMail } from "./split-raw-mail.ts"

// As much as somebody reads; a mail may have 35 MB.
const mostBytes = 200_000

/** A mail as it came: its header fields, its source, and the whole of it to keep. */
export function MailOriginalDialog({ path, onClose }: { path: string; onClose: () => void }) {
  const { t } = useTexts()
  const query = useQuery({ queryKey: ["mail-original", path], queryFn: ({ signal }) => readBeginning(path, signal) })
  return (
    <Dialog open onClose={onClose} title={t("mail.original")}>
      {query.data ? (
        <Original {...query.data} />
      ) : (
        <NotLoaded query={query}>
          <Skeleton className="h-64" />
        </NotLoaded>
      )}
      <div className="mt-4 flex justify-end">
        <Button asChild>
          <a href={path} download>
            <FileDown aria-hidden />
            {t("mail.raw")}
          </a>
        </Button>
      </div>
    </Dialog>
  )
}

function Original({ text, isCut }: Beginning) {
  const { t } = useTexts()
  const { fields, source } = splitRawMail(text)
  return (
    <div className="grid gap-3 text-sm">
      <h3 className="font-strong">{t("mail.originalHead")}</h3>
      <dl
        className="grid max-h-64 grid-cols-[minmax(0,1fr)] overflow-y-auto rounded border border-line p-2"
        tabIndex={0}
      >
        {fields.map(({ name, value }, index) => (
          <div key={index} className="min-w-0 py-0.5 [overflow-wrap:anywhere]">
            <dt className="inline font-strong">{name}: </dt>
            <dd className="inline text-muted">{value}</dd>
          </div>
        ))}
      </dl>
      <h3 className="font-strong">{t("mail.originalSource")}</h3>
      <pre
        className="max-h-64 overflow-y-auto rounded border border-line p-2 text-xs whitespace-pre-wrap [overflow-wrap:anywhere]"
        tabIndex={0}
      >
        {source}
      </pre>
      {isCut && <p className="text-muted">{t("mail.originalCut")}</p>}
    </div>
  )
}

type Beginning = { text: string; isCut: boolean }

async function readBeginning(path: string, signal: AbortSignal): Promise<Beginning> {
  const response = await fetch(path, { credentials: "same-origin", signal })
  if (!response.ok || !response.body) throw new Problem(response.status)
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ""
  for (let bytes = 0; ;) {
    const { done, value } = await reader.read()
    if (done) return { text, isCut: false }
    text += decoder.decode(value, { stream: true })
    bytes += value.byteLength
    if (bytes < mostBytes) continue
    await reader.cancel()
    return { text: text.slice(0, mostBytes), isCut: true }
  }
}
