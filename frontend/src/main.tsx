import './styles/index.css';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Providers } from './app/Providers';
import { router } from './app/router';
import { sessionNow } from './lib/session';

// The questions that every first view asks leave at once, before the router has decided anything.
void sessionNow();
if (window.location.pathname.startsWith('/b/')) void import('./app/routes/board').catch(() => {});

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Providers>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
);
