import { Tooltip as Radix } from "radix-ui"
import { type ReactNode, useState } from "react"

export const TooltipProvider = Radix.Provider

const box = "z-50 max-w-72 animate-rise rounded bg-ink px-2 py-1 text-xs text-surface"

/** Says in words what an icon means. The icon's control still carries its own accessible name. */
export function Tooltip({ text, keys, children }: { text: string; keys?: string; children: ReactNode }) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content sideOffset={4} collisionPadding={8} className={`flex items-center gap-2 ${box}`}>
          {text}
          {keys && <kbd className="font-sans opacity-75">{keys}</kbd>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Says more of what one reads: to the pointer, to the keyboard, and where nothing hovers to a tap. */
export function DetailTooltip({ detail, children }: { detail: ReactNode; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Radix.Root open={isOpen} onOpenChange={setOpen}>
      <Radix.Trigger asChild>
        <button
          type="button"
          className="flex min-h-6 items-center rounded"
          onClick={(event) => {
            // A click would close it.
            event.preventDefault()
            setOpen(true)
          }}
        >
          {children}
        </button>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content sideOffset={4} collisionPadding={8} className={box}>
          {detail}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
