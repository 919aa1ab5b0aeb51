/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message as it is read, wherever that is: who and when, one bar, the body, what is attached. */
#pragma once

#include <gtk/gtk.h>

#include "account-identity.h"
#include "app-state.h"
#include "model-contacts.h"
#include "model-saver.h"
#include "reader-body.h"

G_BEGIN_DECLS

#define READER_TYPE_PAGE (reader_page_get_type ())
G_DECLARE_FINAL_TYPE (ReaderPage, reader_page, READER, PAGE, GtkWidget)

/* Properties: "is-plain" (boolean): text is shown even where there is HTML; "body" (ModelBody, nullable, read-only, notify);
 * "offers-images" (boolean, read-only, notify): its pictures of the net wait to be asked for. */
/* Signals: "notice" (string): a sentence for a toast; "failed" (GError): opening or saving something; "message"
 * (uint position): an attachment that is a message is to be opened. */

/* reader_page_set_models: @state: (nullable): remembers size, plain text, and from whom pictures are loaded; @accounts: (nullable): as
 * reader_header_set_accounts () has it */
void reader_page_set_models (ReaderPage *self, ModelSaver *saver, AppState *state, AccountList *accounts);
void reader_page_set_contacts (ReaderPage *self, ModelContacts *contacts); /* (nullable): as reader_header_set_contacts () has it */
ModelSaver *reader_page_get_saver (ReaderPage *self);

/* reader_page_show: @body: (nullable): %NULL: nothing. One with the id of the one that is shown is the same message, changed: what was asked
 * for it stays. */
void reader_page_show (ReaderPage *self, ModelBody *body);
void reader_page_show_error (ReaderPage *self, const GError *error); /* instead of a message */
ModelBody *reader_page_get_body (ReaderPage *self);                  /* (nullable) */
ReaderBody *reader_page_get_content (ReaderPage *self);

/* reader_page_set_is_fetching: the whole of the message shown is on its way */
void reader_page_set_is_fetching (ReaderPage *self, gboolean is_fetching);

/* reader_page_show_images: of this message; @is_always: of all from its sender, from now on */
void reader_page_show_images (ReaderPage *self, gboolean is_always);

/* reader_page_open_calendar: its invitation, with whatever the desktop opens such files with */
void reader_page_open_calendar (ReaderPage *self);

/* reader_page_zoom: by this factor; 0: back to the usual size. Remembered. */
void reader_page_zoom (ReaderPage *self, double factor);

/* For who tells a person by the page's signals what became of something */
void reader_page_tell (ReaderPage *self, const char *sentence);
void reader_page_tell_failure (ReaderPage *self, const GError *error); /* nothing, where it was only cancelled */

G_END_DECLS
