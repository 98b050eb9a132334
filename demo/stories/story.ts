/** `customer` writes in, `agent` answers, `note` is for colleagues only. Of several texts one is chosen. */
export type StoryLine = [by: "customer" | "agent" | "note", ...texts: string[]]

export type CategoryName = keyof typeof categoryNames
export type Story = {
  category: CategoryName
  lines: StoryLine[]
  isSales?: boolean
  priority?: "low" | "high" | "urgent"
  tags?: string[]
}

export const categoryNames = {
  shipping: "Envíos",
  returns: "Cambios y devoluciones",
  refund: "Reembolsos",
  invoice: "Facturación",
  address: "Cambio de dirección",
  warranty: "Garantías",
  payment: "Pagos",
  sales: "Ventas",
} as const

/** What differs from one scene of a story to the next. */
export const placeholderValues = {
  product: {
    es: [
      "la chaqueta impermeable",
      "los tenis Nómada",
      "la mochila Andina",
      "el termo de 1 litro",
      "la lámpara de lectura",
      "los audífonos",
      "la hamaca doble",
      "el reloj",
    ],
    en: [
      "the rain jacket",
      "the Nomad sneakers",
      "the Andina backpack",
      "the 1-litre flask",
      "the reading lamp",
      "the headphones",
      "the double hammock",
      "the watch",
    ],
  },
  city: {
    es: [
      "Medellín",
      "Bogotá",
      "Cali",
      "Barranquilla",
      "Guadalajara",
      "Monterrey",
      "Rosario",
      "Quito",
      "Lima",
      "Valparaíso",
    ],
    en: ["Austin", "Toronto", "Medellín", "Mexico City", "Lisbon", "Miami"],
  },
  colour: {
    es: ["negro", "azul noche", "verde oliva", "terracota", "gris claro"],
    en: ["black", "midnight blue", "olive", "terracotta", "light grey"],
  },
  street: {
    es: [
      "Calle 45 # 12-30, apto 502",
      "Carrera 7 # 71-21, torre B",
      "Av. Insurgentes Sur 1602, int. 4",
      "Bv. Oroño 845, piso 3",
    ],
    en: ["1420 Pine St, Apt 3B", "88 Queen St W, unit 1204", "Calle 45 # 12-30, apt 502"],
  },
} as const
export const sizes = ["36", "38", "39", "40", "42", "S", "M", "L", "XL"] as const
