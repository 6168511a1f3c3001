/** An inject that asks every type of question there is, in a document and beside it, with right answers and a rubric. */
type Kind = { type: string } & Record<string, unknown>;

const field = (id: string, kind: Kind, more: Record<string, unknown> = {}) => ({
  id,
  label: { en: `Question ${id}`, ar: `سؤال ${id}` },
  help: { en: `Help for ${id}` },
  required: false,
  wanted: false,
  section: null,
  points: 5,
  kind,
  ...more,
});
const options = ['a', 'b'].map((id) => ({ id, label: { en: `Option ${id}` } }));

export const every = {
  id: 'every-field',
  kind: 'task',
  trigger: { on: 'manual' },
  audience: 'all',
  priority: 'should',
  content: {
    title: { en: 'Every type of answer', ar: 'كل أنواع الإجابات' },
    body: { en: 'Say what you know about 192.0.2.7.' },
    channel: 'mail',
    from: null,
    attachments: [],
    for_guests: null,
    form: {
      acknowledge: false,
      target: null,
      deadline: 3_600_000,
      hints: [],
      sections: [{ id: 'warning', document: 'early_warning', title: { en: 'Early warning to the regulator' } }],
      fields: [
        field('class', { type: 'classification' }, { section: 'warning', required: true }),
        field('severity', { type: 'severity' }, { section: 'warning', required: true }),
        field('when', { type: 'timestamp' }, { section: 'warning', wanted: true }),
        field('hosts', { type: 'number', least: '0', most: '5000', unit: { en: 'hosts' } }, { required: true }),
        field('name', { type: 'short_text', max_chars: 60 }, { wanted: true }),
        field('techniques', { type: 'techniques', most: 3 }),
        field('indicators', { type: 'indicators', max_lines: 20 }),
        field('file', { type: 'file' }),
        field('one', { type: 'choice', options }),
        field('some', { type: 'multi_choice', options }),
        field('decision', { type: 'decision', options }),
        field('text', { type: 'long_text', max_chars: 300 }),
      ],
    },
  },
  staff: {
    notes: { en: '' },
    expected: [],
    objectives: [],
    responsible: null,
    samples: [],
    hints: [],
    keys: {
      class: { options: { 'fraud/phishing': 1000, fraud: 500 } },
      severity: { options: { high: 1000 } },
      hosts: { range: { least: '10', most: '20', near: null } },
      name: { texts: { windrose: 1000 } },
      indicators: { indicators: ['192.0.2.7', 'evil.example'] },
    },
    evaluation: {
      points: 20,
      criteria: [
        {
          id: 'clarity',
          title: { en: 'Is the early warning clear?' },
          field: null,
          weight: 1,
          critical: true,
          anchors: ['Nothing that helps', 'Hard to follow', 'Clear in part', 'Clear', 'Clear and complete'].map((en) => ({ en })),
        },
      ],
      actions: [],
    },
  },
};
