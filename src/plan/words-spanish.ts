import type {Words} from './vocabulary.ts';

export const SPANISH: Words = {
  language: 'Spanish',
  roles: {
    contacts: 'contactos?; escalamiento; escalado; guardia; responsables',
    triggers: `criterios (?:de|para)(?: el| la)? {rollback};
      cu[aá]ndo (?:hacer|ejecutar|activar|iniciar)(?: el| la| un| una)? {rollback};
      (?:disparadores|condiciones|causas|umbrales) (?:de|para)(?: el| la)? {rollback}`,
    prepare: String.raw`pre-?\s?(?:despliegue|requisitos?|lanzamiento|migraci[oó]n|implementaci[oó]n|producci[oó]n);
      prerrequisitos?; preparaci[oó]n; preparativos; requisitos(?: previos)?;
      antes (?:del?|de la|de) \p{L}+; previo al? \p{L}+; verificaci[oó]n previa; comprobaciones previas`,
    criteria: 'criterios de (?:[eé]xito|aceptaci[oó]n|finalizaci[oó]n)',
    rollback: String.raw`(?:roll-?\s?back|reversi[oó]n|vuelta atr[aá]s|marcha atr[aá]s|retroceso|restauraci[oó]n); revertir;
      deshacer; procedimiento de recuperaci[oó]n`,
    reference: `referencias?; documentaci[oó]n; ap[eé]ndice; anexos?; enlaces; recursos; comandos [uú]tiles;
      soluci[oó]n de problemas; introducci[oó]n; resumen; glosario; [ií]ndice; arquitectura; plantillas?;
      historial de (?:cambios|versiones)`,
    notes: 'notas?; observaciones; firmas?; aprobaciones; lecciones(?: aprendidas)?; registro; bit[aá]cora',
    monitor: String.raw`monitor(?:eo|izaci[oó]n|izar|ear); supervisi[oó]n; observaci[oó]n; vigilancia; seguimiento;
      primeras? (?:\d+ )?(?:horas?|d[ií]as?|minutos)`,
    validate: 'validaci[oó]n de(?:l)? rendimiento',
    verify: String.raw`verific(?:ar|aci[oó]n|aciones); validaci[oó]n(?:es)?; comprobaci[oó]n(?:es)?; pruebas?(?: de humo)?;
      post-?\s?(?:despliegue|lanzamiento|migraci[oó]n|implementaci[oó]n)`,
    deploy: `despliegue; desplegar; lanzamiento; migraci[oó]n; migrar; instalaci[oó]n; instalar;
      puesta en (?:marcha|producci[oó]n); implementaci[oó]n; ejecuci[oó]n; actualizaci[oó]n; actualizar;
      pasos?; procedimientos?`,
  },
  topics: {
    doing: `desplegar; instalar; aplicar; iniciar; arrancar; detener; parar; reiniciar; actualizar; crear; configurar; habilitar; deshabilitar; migrar; ejecutar; subir`,
    option: 'opci[oó]n; alternativa; variante; v[ií]a; m[eé]todo; escenario',
    recommended: 'recomendad[oa]; preferid[oa]',
    or: 'o; o bien; alternativamente',
    part: 'paso; fase; etapa; tarea; parte; procedimiento',
    optional: 'opcional; si (?:es necesario|aplica|procede|hace falta|corresponde); cuando (?:aplique|proceda)',
    condition: 'si; s[oó]lo si; cuando; en caso de; a menos que',
    gate: `punto de (?:decisi[oó]n|control); continuar s[oó]lo si; no continuar (?:hasta|si|a menos);
      decisi[oó]n de (?:continuar|avanzar)`,
    answer: 'estado; resultado; decisi[oó]n; veredicto; severidad; impacto; riesgo',
    verdict: 's[ií]; no; aprobad[oa]; rechazad[oa]; ok; pasa; falla; correcto; fallido; exitos[oa]; n/a; hecho',
    owner: 'responsables?; encargad[oa]; asignad[oa](?: a)?; qui[eé]n; ejecutor; propietari[oa]',
    person: `l[ií]der; ingenier[oa]; gerente; jef[ea]; administrador(?:a)?; desarrollador(?:a)?; guardia;
      coordinador(?:a)?; soporte; principal; suplente`,
    duration: 'duraci[oó]n(?: (?:estimada|total|esperada))?; tiempo (?:estimado|requerido|total)',
    command: 'comandos?; ejecutar; ejecute',
    blank: 'nombre; fecha; hora; tel[eé]fono; firma; versi[oó]n; correo; valor; entorno',
    'column-step': `pasos?; acci[oó]n(?:es)?; tareas?; actividad(?:es)?; descripci[oó]n; comprobaci[oó]n;
      verificaci[oó]n`,
    'column-command': 'comandos?',
    'column-expected': '(?:resultado )?esperado; criterio',
    'column-status': 'estado; hecho; completado; resultado',
    'column-time': 'hora; tiempo; duraci[oó]n; cu[aá]ndo',
    'column-metric': 'm[eé]tricas?; indicador(?:es)?',
    'column-target': 'objetivos?; esperado; umbral; aceptable; meta',
    'column-alert': 'alerta; advertencia',
    'column-trigger': String.raw`roll-?\s?back; cr[ií]tico; reversi[oó]n`,
    'column-contact': 'contactos?; tel[eé]fono; correo; nombres?; persona',
    'column-signature': 'firmas?; aprobaci[oó]n',
    message: 'plantilla; mensaje; notificaci[oó]n; anuncio; correo; comunicado; asunto; aviso',
    prepared: `probad[oa]; documentad[oa]; verificad[oa]; identificad[oa]; list[oa]; disponible; preparad[oa];
      revisad[oa]; asignad[oa]; aprobad[oa]`,
    'rollback-aside': String.raw`preparaci[oó]n (?:del? )?(?:la )?{rollback};
      (?:pruebas?|ensayo|simulacro) (?:del? )?(?:la )?{rollback};
      (?:registro|bit[aá]cora)(?: de decisiones)? (?:del? )?(?:la )?{rollback};
      (?:plantilla|aviso|notificaci[oó]n)\b.*{rollback}`,
    'rollback-after': String.raw`(?:despu[eé]s|tras) (?:del? )?(?:la |el )?{rollback}; post-?\s?{rollback};
      (?:verificaci[oó]n|validaci[oó]n|comprobaci[oó]n) (?:del? )?(?:la )?{rollback}`,
    rollback: String.raw`(?:roll-?\s?back|reversi[oó]n|vuelta atr[aá]s|marcha atr[aá]s|retroceso|restauraci[oó]n)`,
    place: `servidor(?:es)?; nodos?; contenedor(?:es)?; m[aá]quinas?; base de datos; primari[oa]; r[eé]plicas?;
      cl[uú]ster; consola`,
    here: `estaci[oó]n de trabajo; port[aá]til; localmente; m[aá]quina local; tu (?:m[aá]quina|equipo);
      otra terminal; nueva terminal`,
    at: 'en; desde; dentro de; dentro del',
    wait: 'espera[r]?; espere; pausa',
  },
};
