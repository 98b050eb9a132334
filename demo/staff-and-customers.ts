// The cast. Numbers and addresses are of the ranges kept for fiction.
export const staff = {
  alma: { name: "Alma Reyes", email: "alma@example.com", role: "admin", language: "es" },
  sol: { name: "Sol Benítez", email: "sol@example.com", role: "lead", language: "es" },
  ana: { name: "Ana Torres", email: "ana@example.com", role: "agent", language: "es" },
  bruno: {
    name: "Bruno Díaz",
    email: "bruno@example.com",
    role: "agent",
    language: "es",
    externalIds: { splynx: "7" },
  },
  teo: { name: "Teo Walker", email: "teo@example.com", role: "agent", language: "en" },
} as const
export const carla = { name: "Carla Montoya", email: "carla@example.com", role: "user", language: "es" } as const
export type StaffName = keyof typeof staff

const first = {
  es: [
    "Lucía",
    "Mateo",
    "Valentina",
    "Santiago",
    "Camila",
    "Andrés",
    "Isabela",
    "Tomás",
    "Mariana",
    "Felipe",
    "Renata",
    "Joaquín",
    "Paola",
    "Emilio",
    "Noelia",
    "Rodrigo",
    "Ximena",
    "Iván",
    "Beatriz",
    "Óscar",
  ],
  en: ["Emma", "Liam", "Grace", "Noah", "Priya", "Owen", "Zoe", "Daniel", "Aisha", "Henry"],
} as const
const last = {
  es: [
    "Gómez",
    "Rojas",
    "Martínez",
    "Ospina",
    "Quintero",
    "Navarro",
    "Salazar",
    "Peña",
    "Ibáñez",
    "Cárdenas",
    "Muñoz",
    "Ferreyra",
    "Villalobos",
  ],
  en: ["Carter", "Okafor", "Nguyen", "Murphy", "Patel", "Lindqvist", "Brooks"],
} as const

export type Customer = { name: string; language: "es" | "en"; phone: string }

/** Carla and Damián first, then as many as are asked for; every fourth writes English. */
export function customers(count: number): Customer[] {
  const known: Customer[] = [
    { name: carla.name, language: "es", phone: "+573005550100" },
    { name: "Damián Sosa", language: "es", phone: "+573005550101" },
  ]
  const others = Array.from({ length: count }, (_, n): Customer => {
    const language = n % 4 === 3 ? "en" : "es"
    const name = `${first[language][n % first[language].length]} ${last[language][(n * 7) % last[language].length]}`
    const tail = String(n + 2).padStart(3, "0")
    return { name, language, phone: language === "en" ? `+1202555${`0${tail}`.slice(-4)}` : `+573005551${tail}` }
  })
  return [...known, ...others]
}
