import { Slot } from "radix-ui"
import type { ComponentProps, MouseEvent } from "react"
import { classNames } from "./class-names.ts"

const looks = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  plain: "border border-line bg-raised hover:bg-hover",
  quiet: "text-muted hover:bg-hover hover:text-ink",
  danger: "border border-line bg-raised text-red hover:bg-red-soft",
}

const sizes = {
  md: "h-8 px-3 max-md:h-10",
  sm: "h-7 px-2 text-sm max-md:h-9",
  icon: "size-8 shrink-0 max-md:size-10",
}

interface Props extends ComponentProps<"button"> {
  look?: keyof typeof looks
  size?: keyof typeof sizes
  asChild?: boolean
}

/** Switched off it keeps the focus that it has: who pressed it still stands there when it has done its work. */
export function Button({
  look = "plain",
  size = "md",
  asChild = false,
  className,
  disabled,
  onClick,
  ...props
}: Props) {
  const Tag = asChild ? Slot.Root : "button"
  return (
    <Tag
      {...(!asChild && { type: "button" as const })}
      className={classNames(
        "inline-flex items-center justify-center gap-1.5 rounded font-strong whitespace-nowrap transition-colors",
        "aria-disabled:cursor-default aria-disabled:opacity-55 [&>svg]:size-4 [&>svg]:shrink-0",
        looks[look],
        sizes[size],
        className,
      )}
      {...props}
      onClick={onClick}
      {...(disabled && { "aria-disabled": true, onClick: stop, onPointerDown: undefined, onKeyDown: undefined })}
    />
  )
}

function stop(event: MouseEvent) {
  event.preventDefault()
  event.stopPropagation()
}
