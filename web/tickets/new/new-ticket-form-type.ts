import type { PickedContact } from "../../contacts/read-typed-contact.ts"
import type { FieldValues } from "../fields/custom-field-queries.ts"
import type { Priority } from "../ticket.ts"

export interface NewTicketForm {
  person: PickedContact
  subject: string
  description: string
  priority: Priority
  teamId: string
  assigneeId: string
  categoryIds: string[]
  customFields: FieldValues
}
