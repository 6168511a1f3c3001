**EXERCISE EXERCISE EXERCISE** · EJERCICIO EJERCICIO EJERCICIO

# Zephyrine: lo que hay que saber antes de jugar

**Qué es.** Un ejercicio de noventa minutos. Una operadora de telecomunicaciones de tres Estados insulares tiene problemas informáticos
mientras se acerca un huracán. Ustedes hacen su propio trabajo: el CIRT nacional. Todo lo demás es ficticio.

**Para qué sirve.** Para practicar el análisis, el intercambio, la decisión y el lenguaje claro. Se ponen a prueba planes y hábitos, no
personas. No se muestra ninguna clasificación.

## Su equipo

De tres a seis personas. Repartan las funciones antes de empezar; una persona puede tener dos.

- **Responsable:** decide, envía las respuestas oficiales y lleva la constancia de decisiones.
- **Análisis** (una o dos personas): lee registros y correos.
- **Enlace:** escribe a los equipos pares y a las autoridades, atiende el teléfono.
- **Comunicación:** escribe para la población y para las autoridades políticas.

## Cómo funciona

1. Los mensajes llegan como correos, llamadas, alertas y noticias. **Lean, acusen recibo, respondan.** Cada formulario indica su plazo.
2. No todos reciben lo mismo. **Otros equipos tienen lo que a ustedes les falta.** Escríbanles y digan cómo pueden usarlo (TLP).
3. **Pregunten.** En el directorio hay gente que sabe cosas y tiene registros. Responden a quien pregunta.
4. Las respuestas tardías valen la mitad. Un «aún no se sabe» honesto suele valer más que una suposición. Las marcas erróneas restan.
5. Algunos campos puntúan al momento; otros los valoran personas. 300 puntos en total. El idioma y la ortografía no se valoran.
   Algunos formularios ofrecen una pista; su precio se ve antes de abrirla.
6. Lleven su bitácora sobre la marcha: qué, cuándo, por qué. Será su memoria al final.
7. La hora del relato es la local, UTC-4. Empieza el viernes 17 de septiembre de 2027 a las 09:00.

## Reglas

- No se pongan nunca en contacto con una autoridad, empresa o redacción reales. Usen solo el directorio del ejercicio.
- Empiecen cada llamada con «Ejercicio, ejercicio, ejercicio».
- Las direcciones y los dominios son de ejemplo; ningún programa del ejercicio es real. Aun así, trátenlos como lo harían en casa.
- ¿Ocurre algo **real**, a ustedes o a su alrededor? Pulsen **NO DUFF** o marquen la extensión 100 y digan «No duff, esto es real».
  El juego se detiene.
- Una tormenta no es un juego para todos. Pueden salir cuando quieran.

## Traigan

Un teléfono, papel y bolígrafos, su propia ficha de incidentes si la tienen, algo de beber.

**EXERCISE EXERCISE EXERCISE** · EJERCICIO EJERCICIO EJERCICIO
