/** Whether a request was refused because nobody is signed in here: the page then offers that. */
import { Problem } from '../api/client';

export const isSignedOut = (error: unknown): boolean => error instanceof Problem && error.status === 401;
