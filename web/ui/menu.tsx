import { Check } from "lucide-react"
import { DropdownMenu } from "radix-ui"
import type { ReactNode } from "react"
import { classNames } from "./class-names.ts"

interface MenuProps {
  trigger: ReactNode
  label?: string
  children: ReactNode
  /** For a menu that a key opens as well. */
  open?: boolean | undefined
  onOpen?: ((open: boolean) => void) | undefined
}

export function Menu({ trigger, label, children, open, onOpen }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} {...(open !== undefined && { open })} {...(onOpen && { onOpenChange: onOpen })}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          {...(label && { "aria-label": label })}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 animate-rise overflow-y-auto rounded border border-line bg-raised p-1 shadow-float"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

interface ItemProps {
  onSelect: () => void
  children: ReactNode
  /** Said at its end: how many there are. */
  aside?: ReactNode
  danger?: boolean
  chosen?: boolean
  disabled?: boolean
}

export function MenuItem({ onSelect, children, aside, danger, chosen, disabled }: ItemProps) {
  return (
    <DropdownMenu.Item
      onSelect={onSelect}
      disabled={disabled ?? false}
      className={classNames(
        "flex min-h-8 cursor-pointer items-center gap-2 rounded px-2 outline-none select-none max-md:min-h-10 [&_svg]:size-4 [&_svg]:shrink-0",
        "data-highlighted:bg-hover data-disabled:opacity-50",
        danger && "text-red",
      )}
    >
      <span className="flex min-w-0 grow items-center gap-2 truncate">{children}</span>
      {aside}
      {chosen && <Check className="text-accent" aria-hidden />}
    </DropdownMenu.Item>
  )
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2 pt-2 pb-1 text-xs text-faint">{children}</DropdownMenu.Label>
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-line" />
}
