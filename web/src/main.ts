/** Entry: loads the reader's language, then shows the page that the address names. */
import { mount } from 'svelte';
import App from './App.svelte';
import { preferred, show } from './language/language.svelte';
import { keepPages } from './offline';
import { routeOf } from './router';
import './theme.css';

const target = document.getElementById('app');
if (target) {
  const route = routeOf(location.pathname, location.hash);
  await show(preferred(), route.page !== 'play');
  mount(App, { target, props: { route } });
  void keepPages();
}
