/** Entry: loads the reader's language, then shows the page that the address names. */
import { mount } from 'svelte';
import App from './App.svelte';
import { preferred, show } from './language/language.svelte';
import './theme.css';

const target = document.getElementById('app');
if (target) {
  await show(preferred());
  mount(App, { target });
}
