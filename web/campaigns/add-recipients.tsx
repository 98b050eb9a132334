import { decodeTextFile } from "../../src/texts/decode-text-file.ts"
import { FileUp } from "lucide-react"
import { useRef, useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { countryName } from "../lib/formats/country-names-and-guessed-country.ts"
import { Button } from "../ui/button.tsx"
import { TextAreaField } from "../ui/form-fields.tsx"
import { ProblemLine } from "../ui/problem-line.tsx"
import { useCampaignMutations, type AddedRecipients } from "./campaign-queries.ts"
import { recipientLineError } from "./recipient-line-error.ts"

/** A list from a spreadsheet, pasted or as a file. What is right is taken; what is not is said by line. */
export function AddRecipients({ id, parameters }: { id: string; parameters: string[] }) {
  const { t } = useTexts()
  const { add } = useCampaignMutations(id)
  const [text, setText] = useState("")
  const file = useRef<HTMLInputElement>(null)
  const columns = [...new Set(parameters.join(" ").match(/(?<=\{)[^{}]+(?=\})/g) ?? [])]
  const send = () => add.mutate(text, { onSuccess: ({ errors }) => errors.length === 0 && setText("") })
  return (
    <section aria-label={t("recipients.title")} className="grid gap-3">
      <div>
        <h3 className="text-lg font-strong">{t("recipients.title")}</h3>
        <p className="text-sm text-muted">
          {t("recipients.text")} {columns.length > 0 && t("recipients.columns", { columns: columns.join(", ") })}
        </p>
      </div>
      <TextAreaField
        label={t("recipients.list")}
        rows={6}
        className="font-mono"
        placeholder={"telefono,nombre\n+573001234567,Carla"}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={send} disabled={!text.trim() || add.isPending}>
          {t("recipients.add")}
        </Button>
        <input
          ref={file}
          type="file"
          hidden
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          onChange={({ target }) => {
            void target.files?.[0]?.arrayBuffer().then((bytes) => setText(decodeTextFile(new Uint8Array(bytes))))
            target.value = ""
          }}
        />
        <Button onClick={() => file.current?.click()}>
          <FileUp aria-hidden />
          {t("recipients.file")}
        </Button>
      </div>
      <ProblemLine error={add.error} />
      {add.data && <Outcome added={add.data} />}
    </section>
  )
}

function Outcome({ added: { added, repeated, errors, readAs } }: { added: AddedRecipients }) {
  const { t, language } = useTexts()
  return (
    <div role="status" className="grid gap-2">
      <p>{t("recipients.added", { added, repeated })}</p>
      {readAs && (
        <p>{t("recipients.readAs", { count: readAs.count, country: countryName(readAs.country, language) })}</p>
      )}
      {errors.length > 0 && (
        <>
          <p className="text-red">{t("recipients.errors", { count: errors.length })}</p>
          <ul className="max-h-64 overflow-y-auto rounded border border-line text-sm" tabIndex={0}>
            {errors.map(({ line, message }, index) => (
              <li key={index} className="flex gap-3 border-line px-3 py-1.5 not-last:border-b">
                <span className="w-16 shrink-0 text-muted tabular-nums">{t("recipients.line", { line })}</span>
                <span className="min-w-0 break-words">
                  <Problem message={message} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

function Problem({ message }: { message: string }) {
  const { t } = useTexts()
  const { id, column } = recipientLineError(message)
  return id ? t(id, { column }) : message
}
