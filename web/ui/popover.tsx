import { Popover as Radix } from "radix-ui"
import type { ReactNode } from "react"
import { classNames } from "./class-names.ts"

interface Props {
  trigger: ReactNode
  label: string
  children: ReactNode
  open?: boolean
  onOpen?: (open: boolean) => void
  align?: "start" | "end"
  wide?: boolean
}

/** A small place for choosing, beside what it is about. Focus goes in and comes back. */
export function Popover({ trigger, label, children, open, onOpen, align = "start", wide = false }: Props) {
  return (
    <Radix.Root {...(open !== undefined && { open })} {...(onOpen && { onOpenChange: onOpen })}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className={classNames(
            wide ? "w-96" : "w-64",
            "z-50 flex max-h-(--radix-popover-content-available-height) max-w-[calc(100vw-16px)] animate-rise flex-col overflow-y-auto rounded border border-line bg-raised p-1 shadow-float",
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

export const ClosePopover = Radix.Close
