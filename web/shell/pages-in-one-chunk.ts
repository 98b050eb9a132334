// What staff have in front of them all day comes as one piece.
export { InboxPage } from "../inbox/inbox-page.tsx"
export { AppShell } from "./app-shell.tsx"
