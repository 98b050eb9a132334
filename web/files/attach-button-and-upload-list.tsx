import { CircleAlert, Paperclip, X } from "lucide-react"
import { useRef, useState } from "react"
import { locales } from "#texts/languages-and-text-ids.ts"
import { isOutcomeUnknown } from "../lib/api-client.ts"
import { useShortcuts } from "../lib/keyboard-shortcuts.ts"
import { useTexts } from "../lib/language.tsx"
import { useProblemText } from "../lib/problem-text.ts"
import { Button } from "../ui/button.tsx"
import { classNames } from "../ui/class-names.ts"
import { LoadedLater } from "../ui/lazy-part.tsx"
import { fileKindOf, fileSize } from "./file-kind-and-size.ts"
import type { Upload, Uploads } from "./use-uploads.ts"

const audioPlayer = async () => (await import("./sound/audio-player.tsx")).AudioPlayer

/** `hasKeys`: it is the one on the screen that F means. */
export function AttachButton({ uploads, accept, hasKeys }: { uploads: Uploads; accept?: string; hasKeys?: boolean }) {
  const { t } = useTexts()
  const input = useRef<HTMLInputElement>(null)
  const choose = () => input.current?.click()
  useShortcuts({ KeyF: hasKeys && choose, "Ctrl+Shift+KeyF": hasKeys && choose })
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
      <Button look="quiet" size="icon" aria-label={t("file.attach")} title={t("file.attach")} onClick={choose}>
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
        <li key={one.key} className="flex max-w-full flex-wrap items-center gap-1.5">
          <OneUpload upload={one} onRemove={() => uploads.remove(one.key)} onAgain={() => uploads.again(one)} />
          {fileKindOf(one.file.type) === "audio" && <Heard file={one.file} />}
        </li>
      ))}
    </ul>
  )
}

/** A sound can be listened to before it leaves. */
function Heard({ file }: { file: File }) {
  const { name, type: mimeType, size } = file
  const [isPlayable, setPlayable] = useState(() => new Audio().canPlayType(mimeType) !== "")
  const giveUp = () => setPlayable(false)
  if (!isPlayable) return null
  return (
    <LoadedLater
      load={audioPlayer}
      props={{ name, mimeType, size, source: file, onBroken: giveUp }}
      onFailed={giveUp}
    />
  )
}

interface OneProps {
  upload: Upload
  onRemove: () => void
  onAgain: () => void
}

function OneUpload({ upload: { file, state, part, problem }, onRemove, onAgain }: OneProps) {
  const { t, language } = useTexts()
  const say = useProblemText()
  const { name, size } = file
  const isWrong = state !== "stored" && state !== "coming"
  const percent = Math.floor(part * 100)
  const words = {
    stored: fileSize(size, locales[language]),
    coming: t("file.uploading", { percent }),
    failed: problem ? say(problem) : "",
    too_large: t("file.tooLarge"),
    empty: t("file.empty"),
  }
  return (
    <div
      className={classNames(
        "relative flex max-w-full items-center gap-1.5 rounded border bg-raised pl-2 text-xs",
        isWrong ? "border-red" : "border-line",
      )}
    >
      {isWrong && <CircleAlert className="size-3.5 shrink-0 text-red" aria-hidden />}
      <span className="min-w-0 truncate">{name}</span>
      <span
        className={classNames("tabular-nums", isWrong ? "min-w-0 text-red" : "shrink-0 text-muted")}
        role={state === "coming" ? undefined : "status"}
      >
        {words[state]}
      </span>
      {state === "coming" && (
        <progress className="sr-only" max={100} value={percent} aria-label={t("file.sent", { name })} />
      )}
      {state === "failed" && isOutcomeUnknown(problem) && (
        <button type="button" className="min-h-6 px-1 font-strong underline underline-offset-2" onClick={onAgain}>
          {t("action.retry")}
        </button>
      )}
      <Button look="quiet" size="sm" className="px-1.5" aria-label={t("file.remove", { name })} onClick={onRemove}>
        <X />
      </Button>
    </div>
  )
}
