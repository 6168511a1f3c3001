/** Short names of the generated wire types. */
import type { components } from './types';

type S = components['schemas'];

export type Account = S['Account'];
export type Act = S['Act'];
export type Analysis = S['Analysis'];
export type AnswerCard = S['AnswerCard'];
export type AnswerInput = S['AnswerInput'];
export type AttachmentCard = S['AttachmentCard'];
export type Card = S['Card'];
export type ClientFrame = S['ClientFrame'];
export type ClockValue = S['ClockValue'];
export type ExerciseSummary = S['ExerciseSummary'];
export type FieldCard = S['FieldCard'];
export type FieldLine = S['FieldLine'];
export type Form = S['Form'];
export type Inject = S['Inject'];
export type InjectCard = S['InjectCard'];
export type InjectLine = S['InjectLine'];
export type ItemScore = S['ItemScore'];
export type JoinPreview = S['JoinPreview'];
export type KeyedCard = S['KeyedCard'];
export type KeyedValue = S['KeyedValue'];
export type LastValue = S['LastValue'];
export type Limit = S['Limit'];
export type Link = S['Link'];
export type LogPage = S['LogPage'];
export type LogRow = S['LogRow'];
export type NewLink = S['NewLink'];
export type Plan = S['Plan'];
export type PlanRehearsal = S['PlanRehearsal'];
export type ProblemBody = S['ProblemBody'];
export type ProseCard = S['ProseCard'];
export type Reader = S['Reader'];
export type Reason = S['Reason'];
export type ReplayAnswer = S['Replay'];
export type ReplayMark = S['ReplayMark'];
export type ReplayMarks = S['ReplayMarks'];
export type ReplaySpan = S['ReplaySpan'];
export type Report = S['Report'];
export type Role = S['Role'];
export type ScenarioSummary = S['ScenarioSummary'];
export type Scorecard = S['Scorecard'];
export type Seat = S['Seat'];
export type ServerFrame = S['ServerFrame'];
export type Stage = S['Stage'];
export type TeamCard = S['TeamCard'];
export type TeamPlayed = S['TeamPlayed'];
export type TeamProfile = S['TeamProfile'];
export type TeamScore = S['TeamScore'];
export type Text = S['Text'];
export type TimelineLine = S['TimelineLine'];
export type Tlp = S['Tlp'];

/** The card of one type. */
export type CardOf<T extends Card['card']> = Extract<Card, { card: T }>;
