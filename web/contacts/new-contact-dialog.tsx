import { useNavigate } from "@tanstack/react-router"
import { useState } from "react"
import { postIdempotent } from "../lib/api-client.ts"
import { useTexts } from "../lib/language.tsx"
import { useFieldError } from "../lib/problem-text.ts"
import { useAct } from "../lib/use-act-on-server.ts"
import { FormDialog } from "../ui/form-dialog.tsx"
import { InputField } from "../ui/form-fields.tsx"
import type { Contact } from "./contact-query.ts"
import { PhonePreview } from "./addresses/phone-preview.tsx"

/** Somebody who has not written yet. */
export function NewContactDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTexts()
  const [form, setForm] = useState({ name: "", email: "", phone: "" })
  const create = useCreate(onClose)
  const errorOf = useFieldError(create.error)
  const identities = (["email", "phone"] as const).flatMap((kind) =>
    form[kind].trim() ? [{ kind, value: form[kind].trim() }] : [],
  )
  const field = (name: keyof typeof form) => ({
    value: form[name],
    autoComplete: "off",
    onChange: ({ target }: { target: { value: string } }) => setForm({ ...form, [name]: target.value }),
  })
  const errorAt = (kind: string) => errorOf(`identities.${identities.findIndex((one) => one.kind === kind)}.value`)
  return (
    <FormDialog
      title={t("contact.new")}
      go={t("action.create")}
      isPending={create.isPending}
      isReady={form.name.trim() !== ""}
      error={create.error}
      onSubmit={() => create.mutate({ name: form.name.trim(), identities })}
      onClose={onClose}
    >
      <InputField
        label={t("field.name")}
        autoFocus
        required
        maxLength={200}
        {...field("name")}
        error={errorOf("name")}
      />
      <InputField label={t("field.email")} type="email" maxLength={254} {...field("email")} error={errorAt("email")} />
      <InputField label={t("identity.phone")} type="tel" maxLength={100} {...field("phone")} error={errorAt("phone")} />
      <PhonePreview text={form.phone} />
    </FormDialog>
  )
}

function useCreate(onClose: () => void) {
  const navigate = useNavigate()
  return useAct({
    run: (contact: { name: string; identities: { kind: string; value: string }[] }) =>
      postIdempotent<Contact>("/contacts", contact),
    done: ({ id }) => {
      onClose()
      void navigate({ to: "/contacts/$id", params: { id } })
    },
    stale: [["contacts"]],
    refused: "in the form",
  })
}
