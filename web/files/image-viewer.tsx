import { Download } from "lucide-react"
import { Dialog as Radix } from "radix-ui"
import type { Attachment } from "#files/api-contract.ts"
import { useTexts } from "../lib/language.tsx"
import { Button } from "../ui/button.tsx"
import { DialogHeader } from "../ui/dialog.tsx"
import { fileUrl } from "./file-kind-and-size.ts"

/** A picture alone before the eyes. Esc, the cross and a click beside it lead back. */
export function ImageViewer({ file, alt, onClose }: { file: Attachment; alt: string; onClose: () => void }) {
  const { t } = useTexts()
  return (
    <Radix.Root open onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-30 bg-veil" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-4 z-40 flex animate-rise flex-col rounded border border-line bg-surface shadow-float max-md:inset-0"
        >
          <DialogHeader title={file.name}>
            <Button asChild look="quiet" size="icon">
              <a href={fileUrl(file.id)} download={file.name} aria-label={t("file.download", { name: file.name })}>
                <Download />
              </a>
            </Button>
          </DialogHeader>
          <div className="flex min-h-0 grow items-center justify-center p-4 max-md:p-2" onClick={onClose}>
            <img
              src={fileUrl(file.id)}
              alt={alt}
              className="max-h-full max-w-full object-contain"
              onClick={(event) => event.stopPropagation()}
            />
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
