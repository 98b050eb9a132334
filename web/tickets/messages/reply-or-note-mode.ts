export type Mode = "reply" | "note"
