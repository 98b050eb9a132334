import { useQueryClient } from "@tanstack/react-query"

/** After what may have changed several tickets: the lists and whatever is open are read anew. */
export function useRefreshTickets() {
  const client = useQueryClient()
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ["ticket"] }),
      client.invalidateQueries({ queryKey: ["tickets"] }),
    ])
}
