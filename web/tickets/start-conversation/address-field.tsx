import { useState } from "react"
import { useTexts } from "../../lib/language.tsx"
import { SelectField } from "../../ui/form-fields.tsx"
import type { StartConnection } from "./start-conversation-queries.ts"

type Address = StartConnection["addresses"][number]

/** Where it goes from the connection: what was chosen, else the first that it can go to; undefined of somebody who is only described. */
export function useAddress(chosen: StartConnection | undefined) {
  const [id, choose] = useState("")
  const addresses = chosen?.addresses ?? []
  const address =
    addresses.find(({ identityId }) => identityId === id) ?? addresses.find(({ canSend }) => canSend) ?? addresses[0]
  return [address, choose] as const
}

interface AddressProps {
  chosen: StartConnection
  address: Address
  onChange: (identityId: string) => void
}

/** To which of the addresses that the connection reaches, where there are several. */
export function AddressField({ chosen: { addresses }, address, onChange }: AddressProps) {
  const { t } = useTexts()
  if (addresses.length < 2) return null
  return (
    <SelectField
      label={t("conversation.address")}
      value={address.identityId}
      onChange={({ target }) => onChange(target.value)}
    >
      {addresses.map(({ identityId, address: name, canSend }) => (
        <option key={identityId} value={identityId} disabled={!canSend}>
          {canSend ? name : t("conversation.undeliverable", { name })}
        </option>
      ))}
    </SelectField>
  )
}
