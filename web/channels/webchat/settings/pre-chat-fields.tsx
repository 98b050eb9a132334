import { Plus } from "lucide-react"
import { useRef } from "react"
import { useTexts } from "../../../lib/language.tsx"
import { useFieldError } from "../../../lib/problem-text.ts"
import { Button } from "../../../ui/button.tsx"
import { SelectField } from "../../../ui/form-fields.tsx"
import type { ChatFields, QuestionForm } from "./chat-form-values.ts"
import { QuestionFields } from "./question-fields.tsx"

/** As the server has it. */
const mostQuestions = 5

/** What visitors are asked before their first message. */
export function PreChatFields({ form, change, error }: ChatFields) {
  const { t } = useTexts()
  const { questions } = form
  const add = useRef<HTMLButtonElement>(null)
  const put = (place: number, part: Partial<QuestionForm>) =>
    change({ questions: questions.map((one, at) => (at === place ? { ...one, ...part } : one)) })
  const remove = (place: number) => {
    change({ questions: questions.filter((_, at) => at !== place) })
    add.current?.focus()
  }
  return (
    <>
      <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
        <AskedField label={t("webChat.askName")} value={form.askName} onChange={(askName) => change({ askName })} />
        <AskedField label={t("webChat.askEmail")} value={form.askEmail} onChange={(askEmail) => change({ askEmail })} />
      </div>
      {questions.map((question, place) => (
        <QuestionFields
          key={question.id}
          number={place + 1}
          question={question}
          wrong={{ error, path: `settings.preChat.questions.${place}` }}
          onChange={(part) => put(place, part)}
          onRemove={() => remove(place)}
        />
      ))}
      <QuestionsError error={error} />
      <div>
        <Button
          ref={add}
          disabled={questions.length >= mostQuestions}
          onClick={() => change({ questions: [...questions, newQuestion(questions)] })}
        >
          <Plus aria-hidden />
          {t("webChat.addQuestion")}
        </Button>
        <p className="mt-1 text-xs text-faint">{t("webChat.questionsHint", { most: mostQuestions })}</p>
      </div>
    </>
  )
}

function QuestionsError({ error }: { error: unknown }) {
  const wrong = useFieldError(error)("settings.preChat.questions")
  return wrong ? (
    <p role="alert" className="text-xs text-red">
      {wrong}
    </p>
  ) : null
}

/** Its answers are known by its id, which stays when the words are changed. */
function newQuestion(questions: QuestionForm[]): QuestionForm {
  const taken = new Set(questions.map(({ id }) => id))
  const free = Array.from({ length: 99 }, (_, n) => `q${n + 1}`).find((id) => !taken.has(id)) ?? "q"
  return { id: free, label: "", required: false, options: "" }
}

function AskedField({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const { t } = useTexts()
  return (
    <SelectField label={label} value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="off">{t("webChat.asked.off")}</option>
      <option value="optional">{t("webChat.asked.optional")}</option>
      <option value="required">{t("webChat.asked.required")}</option>
    </SelectField>
  )
}
