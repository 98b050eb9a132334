import { CircleAlert, Download, FileText, Film, Music, type LucideIcon } from "lucide-react"
import { useState } from "react"
import { locales } from "#texts/languages-and-text-ids.ts"
import type { Attachment } from "#files/api-contract.ts"
import { useTexts } from "../lib/language.tsx"
import { LoadedLater } from "../ui/lazy-part.tsx"
import { Skeleton } from "../ui/loading-empty-and-error.tsx"
import { fileSize, fileUrl, fileKindOf, type FileKind } from "./file-kind-and-size.ts"
import { ImageViewer } from "./image-viewer.tsx"

const icons: Record<Exclude<FileKind, "picture">, LucideIcon> = { audio: Music, video: Film, document: FileText }

const audioPlayer = async () => (await import("./sound/audio-player.tsx")).AudioPlayer

/** The files of one message. `alt` is what is known of them: their caption, or who sent them. */
export function MessageFiles({ files, alt }: { files: Attachment[]; alt: string }) {
  if (files.length === 0) return null
  return (
    <div className="my-1 grid w-full grid-cols-[minmax(0,1fr)] gap-1.5">
      {files.map((file) => (
        <OneFile key={file.id} file={file} alt={alt} />
      ))}
    </div>
  )
}

function OneFile({ file, alt }: { file: Attachment; alt: string }) {
  const { t } = useTexts()
  const look = fileKindOf(file.mimeType)
  if (file.state === "failed") return <Missing file={file} />
  if (file.state === "pending")
    return (
      <div role="status" className="relative w-60 max-w-full">
        <Skeleton className={look === "picture" ? "h-[200px]" : "h-11"} />
        <span className="absolute inset-x-3 bottom-2.5 truncate text-xs text-muted">
          {t("file.coming", { name: file.name })}
        </span>
      </div>
    )
  if (look === "picture") return <Picture file={file} alt={alt} />
  return look === "audio" ? <Sound file={file} /> : <Card file={file} icon={icons[look]} />
}

/** A player where the browser plays what it is, a card where not. */
function Sound({ file }: { file: Attachment }) {
  const { id, name, mimeType, size } = file
  const [isPlayable, setPlayable] = useState(() => new Audio().canPlayType(mimeType) !== "")
  const giveUp = () => setPlayable(false)
  if (!isPlayable) return <Card file={file} icon={icons.audio} />
  return (
    <LoadedLater
      load={audioPlayer}
      props={{ name, mimeType, size, source: fileUrl(id), onBroken: giveUp }}
      fallback={<Skeleton className="h-11 w-80 max-w-full" />}
      onFailed={giveUp}
    />
  )
}

/** As high as its place whatever it shows, so that nothing moves when it comes. */
function Picture({ file, alt }: { file: Attachment; alt: string }) {
  const { t } = useTexts()
  const [isOpen, setOpen] = useState(false)
  const [isBroken, setBroken] = useState(false)
  if (isBroken) return <Missing file={file} />
  return (
    <>
      <button
        type="button"
        className="h-[200px] w-fit max-w-full min-w-24 overflow-hidden rounded border border-line bg-canvas"
        aria-label={t("file.enlarge", { name: alt })}
        onClick={() => setOpen(true)}
      >
        <img
          src={fileUrl(file.id)}
          alt={alt}
          loading="lazy"
          className="h-full max-w-full object-cover"
          onError={() => setBroken(true)}
        />
      </button>
      {isOpen && <ImageViewer file={file} alt={alt} onClose={() => setOpen(false)} />}
    </>
  )
}

function Card({ file, icon: Icon }: { file: Attachment; icon: LucideIcon }) {
  const { t, language } = useTexts()
  return (
    <a
      href={fileUrl(file.id)}
      download={file.name}
      className="flex min-h-11 w-72 max-w-full items-center gap-2.5 rounded border border-line bg-surface px-3 py-1.5 hover:bg-hover"
    >
      <Icon className="size-5 shrink-0 text-muted" aria-hidden />
      <span className="min-w-0 grow">
        <span className="block truncate text-sm font-strong">{file.name}</span>
        {file.size !== null && (
          <span className="block text-xs text-muted tabular-nums">{fileSize(file.size, locales[language])}</span>
        )}
      </span>
      <Download className="size-4 shrink-0 text-muted" role="img" aria-label={t("file.downloadIt")} />
    </a>
  )
}

function Missing({ file }: { file: Attachment }) {
  const { t, has } = useTexts()
  const id = `file.failed.${file.reason ?? "gone"}`
  return (
    <p className="flex max-w-full items-start gap-1.5 rounded border border-line bg-surface px-3 py-2 text-sm text-red">
      <CircleAlert className="mt-px size-4 shrink-0" aria-hidden />
      <span className="min-w-0 break-words">
        {file.name}: {has(id) ? t(id) : t("file.failed.gone")}
      </span>
    </p>
  )
}
