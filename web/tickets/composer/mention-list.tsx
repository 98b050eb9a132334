import { useTexts } from "../../lib/language.tsx"
import { Avatar } from "../../ui/avatar.tsx"
import { classNames } from "../../ui/class-names.ts"

interface Props {
  id: string
  people: { id: string; name: string }[]
  chosen: number
  onChoose: (index: number) => void
}

/** Above the box, so that the caret stays in sight; the arrows of the box walk through it. */
export function MentionList({ id, people, chosen, onChoose }: Props) {
  const { t } = useTexts()
  return (
    <ul
      id={id}
      role="listbox"
      aria-label={t("mention.label")}
      className="absolute bottom-full left-0 z-20 mb-1 w-64 rounded border border-line bg-raised p-1 shadow-float"
    >
      {people.map(({ id: personId, name }, index) => (
        <li
          key={personId}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === chosen}
          onMouseDown={(event) => {
            event.preventDefault()
            onChoose(index)
          }}
          className={classNames(
            "flex min-h-8 cursor-pointer items-center gap-2 rounded px-2 max-md:min-h-10",
            index === chosen ? "bg-chosen" : "hover:bg-hover",
          )}
        >
          <Avatar name={name} size={20} />
          <span className="truncate">{name}</span>
        </li>
      ))}
    </ul>
  )
}
