import { useId, type ComponentProps, type ReactNode } from "react"
import { classNames } from "./class-names.ts"
import { useFieldProblem } from "./use-field-problem.ts"

const box =
  "w-full rounded border border-edge bg-raised px-2.5 text-base text-ink disabled:opacity-60 aria-invalid:border-red"

interface Frame {
  label: string
  hint?: string | undefined
  error?: string | undefined
  aside?: ReactNode
}

function Framed({ label, hint, error, aside, children }: Frame & { children: (ids: Ids) => ReactNode }) {
  const id = useId()
  const { problem, handlers } = useFieldProblem(id, error)
  const note = problem ?? hint
  return (
    <div className="grid content-start gap-1">
      <div className="flex items-baseline justify-between gap-2">
        <label htmlFor={id} className="text-sm font-strong">
          {label}
        </label>
        {aside && <span className="text-xs text-faint">{aside}</span>}
      </div>
      {children({
        id,
        "aria-describedby": note ? `${id}-note` : undefined,
        "aria-invalid": problem ? true : undefined,
        ...handlers,
      })}
      {note && (
        <p
          id={`${id}-note`}
          className={classNames("text-xs", problem ? "text-red" : "text-faint")}
          role={problem ? "alert" : undefined}
        >
          {note}
        </p>
      )}
    </div>
  )
}

type Ids = ReturnType<typeof useFieldProblem>["handlers"] & {
  id: string
  "aria-describedby": string | undefined
  "aria-invalid": true | undefined
}

export function InputField({ label, hint, error, aside, className, ...props }: Frame & ComponentProps<"input">) {
  return (
    <Framed {...{ label, hint, error, aside }}>
      {(ids) => <input className={classNames(box, "h-9 max-md:h-11", className)} {...ids} {...props} />}
    </Framed>
  )
}

export function TextAreaField({ label, hint, error, aside, className, ...props }: Frame & ComponentProps<"textarea">) {
  return (
    <Framed {...{ label, hint, error, aside }}>
      {(ids) => <textarea rows={3} className={classNames(box, "py-2", className)} {...ids} {...props} />}
    </Framed>
  )
}

export function SelectField({ label, hint, error, aside, children, ...props }: Frame & ComponentProps<"select">) {
  return (
    <Framed {...{ label, hint, error, aside }}>
      {(ids) => (
        <select className={classNames(box, "h-9 max-md:h-11")} {...ids} {...props}>
          {children}
        </select>
      )}
    </Framed>
  )
}

interface GroupProps {
  legend: string
  choices: { id: string; name: string }[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
  error?: string | undefined
  /** Of the choices together. */
  className?: string
}

/** Several of a list, each ticked by itself. */
export function CheckboxGroup({ legend, choices, chosen, onChange, error, className }: GroupProps) {
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-strong">{legend}</legend>
      <div className={className}>
        {choices.map(({ id, name }) => (
          <CheckboxField
            key={id}
            label={name}
            checked={chosen.includes(id)}
            onChange={({ target }) => onChange(target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
          />
        ))}
      </div>
      {error && (
        <p role="alert" className="text-xs text-red">
          {error}
        </p>
      )}
    </fieldset>
  )
}

export function CheckboxField({
  label,
  hint,
  ...props
}: { label: string; hint?: string | undefined } & ComponentProps<"input">) {
  const id = useId()
  return (
    <div className="flex items-start gap-2.5 py-1">
      <input id={id} type="checkbox" className="mt-0.5 size-4 shrink-0 accent-accent" {...props} />
      <label htmlFor={id} className="min-w-0">
        <span className="block break-words">{label}</span>
        {hint && <span className="block text-xs text-faint">{hint}</span>}
      </label>
    </div>
  )
}
