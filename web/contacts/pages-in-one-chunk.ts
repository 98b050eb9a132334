// What is seen and done of contacts comes as one piece.
import "./contact-texts.ts"
export { ContactCard } from "./contact-card.tsx"
export { ContactPage } from "./contact-page.tsx"
export { ContactsLayout } from "./contacts-layout.tsx"
export { ContactsPage } from "./contacts-page.tsx"
