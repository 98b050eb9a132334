import { Dialog } from "radix-ui"
import { useId, useState, type KeyboardEvent } from "react"
import { useTexts } from "../../lib/language.tsx"
import { classNames } from "../../ui/class-names.ts"
import { useCommands } from "./all-commands.ts"
import { type Command } from "./command-type.ts"

interface Props {
  open: boolean
  onClose: () => void
  onKeys: () => void
}

export function CommandPalette({ open, onClose, onKeys }: Props) {
  const { t } = useTexts()
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-veil" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[10vh] z-40 mx-auto max-w-[560px] overflow-hidden rounded border border-line bg-surface shadow-float"
        >
          <Dialog.Title className="sr-only">{t("palette.title")}</Dialog.Title>
          <Search onClose={onClose} onKeys={onKeys} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Search({ onClose, onKeys }: Omit<Props, "open">) {
  const { t } = useTexts()
  const id = useId()
  const [typed, setTyped] = useState("")
  const [at, setAt] = useState(0)
  const commands = useCommands(typed, onKeys)
  const chosen = Math.min(at, commands.length - 1)
  const run = (command: Command | undefined) => {
    if (!command) return
    onClose()
    command.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setAt((chosen + step + commands.length) % Math.max(1, commands.length))
    else if (event.key === "Enter") run(commands[chosen])
    else return
    event.preventDefault()
  }
  return (
    <>
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={commands[chosen] ? `${id}-${chosen}` : undefined}
        aria-label={t("palette.placeholder")}
        placeholder={t("palette.placeholder")}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
        className="h-12 w-full border-b border-line bg-transparent px-4 text-lg outline-none"
      />
      <ul id={id} role="listbox" aria-label={t("palette.title")} className="max-h-[50vh] overflow-y-auto p-1">
        {commands.map((command, index) => (
          <Option
            key={`${command.group} ${command.name}`}
            id={`${id}-${index}`}
            command={command}
            isChosen={index === chosen}
            showsGroup={command.group !== commands[index - 1]?.group}
            run={() => run(command)}
          />
        ))}
      </ul>
      {commands.length === 0 && <p className="p-4 text-muted">{t("palette.none")}</p>}
      <p className="border-t border-line px-4 py-2 text-xs text-faint">{t("palette.keys")}</p>
    </>
  )
}

interface OptionProps {
  id: string
  command: Command
  isChosen: boolean
  showsGroup: boolean
  run: () => void
}

function Option({ id, command, isChosen, showsGroup, run }: OptionProps) {
  return (
    <>
      {showsGroup && (
        <li role="presentation" className="px-3 pt-2 pb-1 text-xs text-faint">
          {command.group}
        </li>
      )}
      <li
        id={id}
        role="option"
        aria-selected={isChosen}
        onClick={run}
        ref={(element) => {
          if (isChosen) element?.scrollIntoView({ block: "nearest" })
        }}
        className={classNames(
          "flex min-h-9 cursor-pointer items-center rounded px-3",
          isChosen ? "bg-chosen" : "hover:bg-hover",
        )}
      >
        {command.name}
      </li>
    </>
  )
}
