import { emails } from "./en/emails.ts"
import { staffEn } from "./staff-en.ts"

export const en = { ...staffEn, ...emails }
