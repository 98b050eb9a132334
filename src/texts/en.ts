import { emails } from "./en/emails.ts"
import { surveyPage } from "./en/closing-and-survey.ts"
import { trackPage } from "./en/public-pages/track-page.ts"
import { portalEn } from "./portal-en.ts"
import { staffEn } from "./staff-en.ts"

export const en = { ...staffEn, ...portalEn, ...emails, ...surveyPage, ...trackPage }
