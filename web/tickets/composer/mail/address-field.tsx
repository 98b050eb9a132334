import { X } from "lucide-react"
import { useEffect, useId, useRef, useState, type ClipboardEvent, type KeyboardEvent } from "react"
import { useTexts } from "../../../lib/language.tsx"
import { endsAddress, readTyped } from "./edit-recipients.ts"
import type { MailAddress } from "./recipients.ts"

interface Props {
  label: string
  addresses: readonly MailAddress[]
  /** Somebody has just asked for the line, to write in it. */
  isNew: boolean
  onAdd: (addresses: MailAddress[]) => void
  onRemove: (address: string) => void
  onUnfinished: (isUnfinished: boolean) => void
}

/**
 * A line of addresses. Enter, a comma outside quotes or leaving the field makes one of what was typed; Backspace in an empty field takes the last
 * one away, and each has a button that does.
 */
export function AddressField(props: Props) {
  const { label, addresses, isNew, onRemove } = props
  const { t } = useTexts()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const { isWrong, ...field } = useTypedAddresses(props)
  const remove = (address: string) => {
    onRemove(address)
    // The button goes with its address.
    input.current?.focus()
  }
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1 text-sm">
      <label htmlFor={id} className="w-9 shrink-0 text-muted">
        {label}
      </label>
      <ul aria-label={label} className="contents">
        {addresses.map((one) => (
          <AddressChip key={one.address} {...one} onRemove={() => remove(one.address)} />
        ))}
      </ul>
      <input
        ref={input}
        id={id}
        autoFocus={isNew}
        className="h-6 w-0 min-w-12 grow bg-transparent px-1 max-md:h-9"
        type="text"
        inputMode="email"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={10_000}
        aria-invalid={isWrong || undefined}
        aria-describedby={isWrong ? `${id}-note` : undefined}
        {...field}
      />
      {isWrong && (
        <p id={`${id}-note`} role="alert" className="w-full text-xs text-red">
          {t("wrong.email")}
        </p>
      )}
    </div>
  )
}

function AddressChip({ name, address, onRemove }: MailAddress & { onRemove: () => void }) {
  const { t } = useTexts()
  return (
    <li className="flex max-w-full min-w-0 items-center rounded bg-hover pl-1.5">
      <span dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
        {name ? `${name} <${address}>` : address}
      </span>
      <button
        type="button"
        className="flex size-6 shrink-0 items-center justify-center rounded text-muted hover:text-ink max-md:size-9"
        aria-label={t("mail.remove", { address })}
        onClick={onRemove}
      >
        <X className="size-3.5" aria-hidden />
      </button>
    </li>
  )
}

/** What stands in the field, and when it becomes addresses. */
function useTypedAddresses({ addresses, onAdd, onRemove, onUnfinished }: Props) {
  const [typed, setTyped] = useState("")
  const [isWrong, setWrong] = useState(false)
  const latest = useRef(onUnfinished)
  useEffect(() => {
    latest.current = onUnfinished
  })
  // What stands there goes with the field.
  useEffect(() => () => latest.current(false), [])
  const write = (text: string) => {
    setTyped(text)
    setWrong(false)
    onUnfinished(text.trim() !== "")
  }
  const finish = (text: string) => {
    const { addresses: added, rest } = readTyped(text)
    if (added.length > 0) onAdd(added)
    setTyped(rest)
    setWrong(rest !== "")
    onUnfinished(rest !== "")
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const { key, ctrlKey, metaKey, repeat, currentTarget } = event
    const before = typed.slice(0, currentTarget.selectionStart ?? typed.length)
    // Who holds it down to empty the field takes no address with it.
    if (key === "Backspace" && !repeat && typed === "" && addresses.length > 0) {
      event.preventDefault()
      onRemove(addresses.at(-1)!.address)
    }
    if (endsAddress(before, key) || (key === "Enter" && !ctrlKey && !metaKey)) {
      event.preventDefault()
      finish(typed)
    }
  }
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text")
    if (!/[,;\n]/.test(text)) return
    event.preventDefault()
    finish(typed + text)
  }
  const onChange = ({ target }: { target: { value: string } }) => write(target.value)
  return { isWrong, value: typed, onChange, onKeyDown, onPaste, onBlur: () => finish(typed) }
}
