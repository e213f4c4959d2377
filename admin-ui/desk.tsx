import { MutationCache, QueryCache, QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nProvider } from 'react-aria-components';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { answered, ApiError, makeApi } from './api/client.js';
import { thisHost } from './host/this-host.js';
import { DeskProvider, LanguageContext } from './shell/desk-context.js';
import { Broken, NotFound } from './shell/not-found.js';
import { PLACES } from './shell/places.js';
import { Shell } from './shell/shell.js';
import { themeNow, wear } from './shell/theme.js';
import { rememberHere, wasHere } from './shell/was-here.js';
import { isSignedOut, SignIn } from './places/sign-in/sign-in.js';
import { languageOf, tagOf, type Language } from './words/words.js';
import './desk.css';

const host = thisHost();
const api = makeApi(host);
/** Whoever is known no longer is asked to sign in, wherever at the desk it shows. */
function onError(error: Error, query?: { queryKey: readonly unknown[] }) {
  if (isSignedOut(error) && query?.queryKey[0] !== 'me') void queries.invalidateQueries({ queryKey: ['me'] });
}
const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError: (error) => onError(error) }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // what was refused will be refused again; what could not be reached may be there in a moment
      retry: (times, error) => times < 2 && !(error instanceof ApiError && error.status > 0 && error.status < 500),
    },
  },
});

const router = createBrowserRouter(
  [
    {
      element: <Shell />,
      errorElement: <Broken />,
      children: [
        ...PLACES.map(({ path, load }) => ({
          path: path === '' ? '/' : `/${path}/*`,
          errorElement: <Broken />,
          lazy: load,
        })),
        {
          path: '/set-up/*',
          errorElement: <Broken />,
          lazy: () => import('./places/set-up/index.js'),
        },
        { path: '*', element: <NotFound /> },
      ],
    },
  ],
  { basename: host.base },
);

/** Where whoever signs out is left. */
const wayIn = `${host.base}/sign-in`;

/** Who is at the desk decides whether there is one: else the way in. */
function Door() {
  const me = useQuery({ queryKey: ['me'], queryFn: () => answered(api.GET('/api/v1/me')), staleTime: 60_000 });
  const language = me.data?.language ?? languageOf(navigator.languages);
  const here = me.data && !isSignedOut(me.error);
  useEffect(() => {
    if (here) rememberHere();
  }, [here]);
  if (here)
    return (
      <Speaking language={language}>
        <DeskProvider me={me.data} api={api} host={host}>
          <RouterProvider router={router} />
        </DeskProvider>
      </Speaking>
    );
  // who it is for, and so which language, is not known yet: a name needs none
  if (me.isPending)
    return (
      <p className="opening" role="status">
        Tallymark …
      </p>
    );
  return (
    <Speaking language={language}>
      <SignIn
        entered={() => {
          // whoever comes now may be another, who may see other things
          queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
          if (location.pathname === wayIn) router.navigate('/').catch(() => undefined);
          void me.refetch();
        }}
        failure={me.error}
        wasHere={wasHere()}
      />
    </Speaking>
  );
}

function Speaking({ language, children }: { language: Language; children: ReactNode }) {
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <I18nProvider locale={tagOf(language)}>
      <LanguageContext value={language}>{children}</LanguageContext>
    </I18nProvider>
  );
}

const byMail = `${host.base}/enter`;
const fromShop = `${host.base}/enter/shop`;

/**
 * The link in a mail opens no session by being fetched: the mail's own scanner would use it up. Whoever comes from the admin of
 * their shop has just pressed a button there.
 */
function Desk() {
  const [linked, setLinked] = useState(
    () => [byMail, fromShop].includes(location.pathname) && location.hash.length > 1,
  );
  if (linked)
    return (
      <Speaking language={languageOf(navigator.languages)}>
        <SignIn
          link={location.hash.slice(1)}
          atOnce={location.pathname === fromShop}
          entered={() => {
            history.replaceState(null, '', host.base);
            router.navigate('/').catch(() => undefined);
            setLinked(false);
          }}
          failure={null}
        />
      </Speaking>
    );
  return <Door />;
}

wear(themeNow());
const root = document.getElementById('desk');
if (root)
  createRoot(root).render(
    <QueryClientProvider client={queries}>
      <Desk />
    </QueryClientProvider>,
  );
