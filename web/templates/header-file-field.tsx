import { AttachButton, UploadList } from "../files/attach-button-and-upload-list.tsx"
import type { Uploads } from "../files/use-uploads.ts"
import { useTexts } from "../lib/language.tsx"
import type { Template } from "./template-queries.ts"

const accepts = { image: "image/jpeg,image/png", video: "video/mp4,video/3gpp", document: "" }

/** The file with which a template begins. Templates without one need none. */
export function HeaderFileField({ template, uploads }: { template: Template | undefined; uploads: Uploads }) {
  const { t } = useTexts()
  const media = template?.headerMedia
  if (!media) return null
  return (
    <div className="flex flex-wrap items-center gap-2">
      <AttachButton uploads={uploads} accept={accepts[media]} />
      <span className="min-w-0 grow basis-40 text-sm text-muted">{t(`templates.media.${media}`)}</span>
      <UploadList uploads={uploads} />
    </div>
  )
}
