import { X } from "lucide-react"
import { Dialog as Radix } from "radix-ui"
import type { ReactNode } from "react"
import { useTexts } from "../lib/language.tsx"
import { Button } from "./button.tsx"
import { classNames } from "./class-names.ts"

interface Props {
  open: boolean
  onClose: () => void
  /** May send the focus elsewhere than where it came from. */
  onClosed?: (event: Event) => void
  title: string
  text?: string | undefined
  children?: ReactNode
  footer?: ReactNode
  /** Where it stands: in the middle, or as a drawer at the end of the line. */
  place?: "middle" | "side"
}

const places = {
  middle:
    "inset-x-0 bottom-0 max-h-[92dvh] rounded-t md:inset-auto md:top-[12vh] md:left-1/2 md:max-h-[80vh] md:w-[480px] md:-translate-x-1/2 md:rounded",
  side: "inset-y-0 right-0 w-[min(360px,100vw)]",
}

/** What a dialog is called, what else may be done with it, and the way out. */
export function DialogHeader({
  title,
  className,
  children,
}: {
  title: string
  className?: string
  children?: ReactNode
}) {
  const { t } = useTexts()
  return (
    <header className="flex items-center gap-2 border-b border-line py-2 pr-2 pl-4">
      <Radix.Title className={classNames("min-w-0 grow truncate font-strong", className)}>{title}</Radix.Title>
      {children}
      <Radix.Close asChild>
        <Button look="quiet" size="icon" aria-label={t("action.close")}>
          <X />
        </Button>
      </Radix.Close>
    </header>
  )
}

export function Dialog({ open, onClose, onClosed, title, text, children, footer, place = "middle" }: Props) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-30 bg-veil" />
        <Radix.Content
          {...(!text && { "aria-describedby": undefined })}
          {...(onClosed && { onCloseAutoFocus: onClosed })}
          className={classNames(
            "fixed z-40 flex animate-rise flex-col border border-line bg-surface shadow-float",
            places[place],
          )}
        >
          <DialogHeader title={title} className="text-lg" />
          <div className={classNames("min-h-0 grow overflow-y-auto", place === "middle" && "p-4")}>
            {text && <Radix.Description className="mb-4 text-muted">{text}</Radix.Description>}
            {children}
          </div>
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">{footer}</footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
