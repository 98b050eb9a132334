import { FileUp } from "lucide-react"
import { useRef, useState, type DragEvent } from "react"
import type { ImportOutcome } from "#incidents/carriers/api-contract.ts"
import { useTexts } from "../../lib/language.tsx"
import { useAct } from "../../lib/use-act-on-server.ts"
import { uploadFile } from "../../lib/upload-file.ts"
import { SettingsPageLayout } from "../../settings/settings-page-layout.tsx"
import { Button } from "../../ui/button.tsx"
import { classNames } from "../../ui/class-names.ts"
import { ProblemLine } from "../../ui/problem-line.tsx"
import { ImportReport } from "./import-report.tsx"

export function ImportPage() {
  const { t } = useTexts()
  const send = useAct({
    run: async (file: File) => ({
      name: file.name,
      report: await uploadFile<ImportOutcome>("/api/v1/incidents/movements", file),
    }),
    stale: [["carrier-words"]],
    refused: "in the form",
  })
  return (
    <SettingsPageLayout title={t("incident.movements")} intro={t("incident.importIntro")}>
      <Drop isBusy={send.isPending} onFile={(file) => send.mutate(file)} />
      {send.isPending && (
        <p role="status" className="mt-4 text-muted">
          {t("incident.importing", { name: send.variables.name })}
        </p>
      )}
      <ProblemLine error={send.error} className="mt-4" />
      {send.data && !send.isPending && <ImportReport name={send.data.name} report={send.data.report} />}
    </SettingsPageLayout>
  )
}

function Drop({ isBusy, onFile }: { isBusy: boolean; onFile: (file: File) => void }) {
  const { t } = useTexts()
  const [isOver, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const take = (files: FileList | null | undefined) => {
    const file = files?.[0]
    if (file && !isBusy) onFile(file)
  }
  const over = (event: DragEvent) => {
    event.preventDefault()
    setOver(true)
  }
  return (
    <div
      className={classNames(
        "flex flex-col items-center gap-2 rounded border border-dashed p-8 text-center",
        isOver ? "border-accent bg-accent-soft" : "border-edge",
      )}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer.files)
      }}
    >
      <FileUp className="size-6 text-muted" aria-hidden />
      <p className="font-strong max-md:hidden">{t("incident.drop")}</p>
      <p className="text-sm text-muted">{t("incident.dropText")}</p>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,.xlsx,text/csv,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        onChange={({ target }) => {
          take(target.files)
          target.value = ""
        }}
      />
      <Button look="primary" disabled={isBusy} onClick={() => input.current?.click()}>
        {t("incident.choose")}
      </Button>
    </div>
  )
}
