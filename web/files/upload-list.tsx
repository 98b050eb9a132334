import { CircleAlert, Paperclip, X } from "lucide-react"
import { useRef } from "react"
import { locales } from "#texts/contract.ts"
import { useTexts } from "../lib/language.tsx"
import { Button } from "../ui/button.tsx"
import { cx } from "../ui/cx.ts"
import { fileSize } from "./file.ts"
import type { Upload, Uploads } from "./uploads.ts"

export function AttachButton({ uploads, accept }: { uploads: Uploads; accept?: string }) {
  const { t } = useTexts()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        multiple={uploads.most > 1}
        {...(accept && { accept })}
        onChange={({ target }) => {
          uploads.add(target.files ?? [])
          target.value = ""
        }}
      />
      <Button
        look="quiet"
        size="icon"
        aria-label={t("file.attach")}
        title={t("file.attach")}
        onClick={() => input.current?.click()}
      >
        <Paperclip />
      </Button>
    </>
  )
}

export function UploadList({ uploads }: { uploads: Uploads }) {
  if (uploads.uploads.length === 0) return null
  return (
    <ul className="mt-1.5 flex min-w-0 flex-wrap gap-1.5">
      {uploads.uploads.map((one) => (
        <OneUpload key={one.key} upload={one} onRemove={() => uploads.remove(one.key)} />
      ))}
    </ul>
  )
}

function OneUpload({ upload: { name, size, state }, onRemove }: { upload: Upload; onRemove: () => void }) {
  const { t, language } = useTexts()
  const isWrong = state === "failed" || state === "too_large"
  const words = {
    stored: fileSize(size, locales[language]),
    coming: t("file.uploading"),
    failed: t("file.notUploaded"),
    too_large: t("file.tooLarge"),
  }
  return (
    <li
      className={cx(
        "flex max-w-full items-center gap-1.5 rounded border bg-raised pl-2 text-xs",
        isWrong ? "border-red" : "border-line",
      )}
    >
      {isWrong && <CircleAlert className="size-3.5 shrink-0 text-red" aria-hidden />}
      <span className="min-w-0 truncate">{name}</span>
      <span role="status" className={cx("shrink-0 tabular-nums", isWrong ? "text-red" : "text-muted")}>
        {words[state]}
      </span>
      <Button look="quiet" size="sm" className="px-1.5" aria-label={t("file.remove", { name })} onClick={onRemove}>
        <X />
      </Button>
    </li>
  )
}
