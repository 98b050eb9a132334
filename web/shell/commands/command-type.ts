export interface Command {
  group: string
  name: string
  run: () => void
}
