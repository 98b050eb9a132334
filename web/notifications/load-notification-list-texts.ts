// Texts of the list that the bell opens: the inbox has no need of them before.
import { addTexts } from "../lib/language.tsx"

await addTexts({
  en: async () => (await import("#texts/en/inbox/notification-list.ts")).notificationList,
  es: async () => (await import("#texts/es/inbox/notification-list.ts")).notificationList,
})
