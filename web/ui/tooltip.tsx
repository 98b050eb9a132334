import { Tooltip as Radix } from "radix-ui"
import type { ReactNode } from "react"

export const TooltipProvider = Radix.Provider

/** Says in words what an icon means. The icon's control still carries its own accessible name. */
export function Tooltip({ text, keys, children }: { text: string; keys?: string; children: ReactNode }) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          sideOffset={4}
          collisionPadding={8}
          className="z-50 flex max-w-72 animate-rise items-center gap-2 rounded bg-ink px-2 py-1 text-xs text-surface"
        >
          {text}
          {keys && <kbd className="font-sans opacity-75">{keys}</kbd>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
