import { useEffect, useRef, useState, type SyntheticEvent } from "react"
import { patch } from "../../lib/api-client.ts"
import { useTexts } from "../../lib/language.tsx"
import { useFieldError, useProblemText } from "../../lib/problem-text.ts"
import { useAct } from "../../lib/use-act-on-server.ts"
import { Button } from "../../ui/button.tsx"
import { InputField } from "../../ui/form-fields.tsx"
import { closeAddAddressRequest, useAddAddressRequested } from "./open-add-address.ts"
import type { Contact } from "../contact-query.ts"
import { PhonePreview } from "./phone-preview.tsx"

/** One more e-mail address or phone of a contact. */
export function AddAddressForm({ contact, number }: { contact: Contact; number: string }) {
  const { t } = useTexts()
  const say = useProblemText()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState("")
  const add = useAdd(contact, number, () => setText(""))
  const wrong = useFieldError(add.error)("addIdentities.0.value")
  const isWanted = useAddAddressRequested(number)
  useEffect(() => {
    if (!isWanted) return
    field.current?.focus()
    closeAddAddressRequest()
  }, [isWanted])
  const value = text.trim()
  const isPhone = value !== "" && !value.includes("@")
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (value) add.mutate({ kind: isPhone ? "phone" : "email", value })
  }
  return (
    <form className="mt-3 grid gap-1.5" onSubmit={submit}>
      <InputField
        ref={field}
        label={t("details.addAddress")}
        autoComplete="off"
        maxLength={254}
        value={text}
        error={wrong ?? (add.error ? say(add.error) : undefined)}
        onChange={(event) => setText(event.target.value)}
      />
      {isPhone && <PhonePreview text={value} />}
      <Button type="submit" size="sm" className="justify-self-start" disabled={!value || add.isPending}>
        {t("details.add")}
      </Button>
    </form>
  )
}

const useAdd = ({ id }: Contact, ticket: string, done: () => void) =>
  useAct({
    run: (added: { kind: string; value: string }) => patch(`/contacts/${id}`, { addIdentities: [added] }),
    done,
    stale: [["contacts"], ["ticket", ticket, "reply-window"]],
    refused: "in the form",
  })
