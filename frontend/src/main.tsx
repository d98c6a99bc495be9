import './styles/index.css';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { router } from './app/router';
import { askAhead } from './lib/api';
import { followScheme } from './lib/scheme';
import { sessionNow } from './lib/session';

followScheme();

// The questions that every first view asks leave at once, before the router has decided anything.
void sessionNow();
const board = /^\/b\/([^/]+)\/?$/.exec(window.location.pathname)?.[1];
if (board) {
  askAhead(`/boards/${board}`);
  void import('./app/routes/board').catch(() => {});
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
);
