/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message as it is read, wherever that is: who and when, one bar, the body, what is attached. */
#include "reader-page.h"

#include "base-config.h"
#include "reader-attachments.h"
#include "reader-bar.h"
#include "reader-cards.h"
#include "reader-extras.h"
#include "reader-header.h"
#include "reader-invitation.h"
#include "reader-notes.h"
#include "reader-opener.h"
#include "reader-report.h"
#include "reader-senders.h"

#include <glib/gi18n.h>

struct _ReaderPage
{
  GtkWidget parent_instance;

  ModelSaver *saver;
  AppState *state;             /* NULL: nothing is remembered */
  AccountList *accounts;       /* NULL: none */
  gboolean is_plain;
  gboolean loads_remote;       /* of this message */
  ModelBody *body;             /* NULL: nothing is shown */
  GError *page_error;          /* why its text is shown and not its page */

  GtkWidget *box;
  ReaderHeader *header;
  ReaderBar *bar;
  GtkWidget *told;             /* the next three, which scroll where there are many */
  ReaderReport *report;
  ReaderInvitation *invitation;
  ReaderCards *cards;
  ReaderBody *content;
  ReaderAttachments *attachments;
};

enum
{
  PROP_0,
  PROP_IS_PLAIN,
  PROP_BODY,
  PROP_OFFERS_IMAGES,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  NOTICE,
  FAILED,
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ReaderPage, reader_page, GTK_TYPE_WIDGET)

static gboolean
offers_images (ReaderPage *self)
{
  return self->body && !model_body_is_junk (self->body) && !self->loads_remote && !self->is_plain && !self->page_error && model_body_get_html (self->body, FALSE)
         && model_body_get_n_remote_images (self->body) > 0;
}

/* Who wrote it to themselves need not be told, and a forger must not hear that the address lives. */
static const MailReceipt *
find_receipt (ReaderPage *self)
{
  const MailReceipt *receipt = model_body_get_receipt (self->body);
  g_autofree char *warnings = receipt ? reader_notes_dup_warnings (self->body, self->accounts) : NULL;
  g_autoptr (GListStore) own = receipt && self->accounts ? account_identity_list (self->accounts) : NULL;

  for (guint i = 0; own && i < g_list_model_get_n_items (G_LIST_MODEL (own)); i++)
    {
      g_autoptr (AccountIdentity) identity = g_list_model_get_item (G_LIST_MODEL (own), i);

      if (mail_address_equal (account_identity_get_address (identity), receipt->to->address))
        return NULL;
    }
  return receipt && !*warnings ? receipt : NULL;
}

static void
show_bar (ReaderPage *self)
{
  if (self->body)
    reader_bar_show (self->bar, self->body, g_get_real_time () / G_USEC_PER_SEC, find_receipt (self), offers_images (self), self->page_error);
  else
    reader_bar_hide (self->bar);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OFFERS_IMAGES]);
}

/* Text cannot show a picture, so with it they are listed. */
static void
show_attachments (ReaderPage *self)
{
  reader_attachments_show (self->attachments, self->body, reader_body_shows_html (self->content));
}

/* Pictures of a stranger's choosing are for those who want any, and not for junk. */
static void
show_cards (ReaderPage *self)
{
  reader_cards_show (self->cards, self->body, !self->is_plain && self->body && !model_body_is_junk (self->body));
}

static void
on_link_failed (GtkWidget *widget, const GError *error)
{
  g_signal_emit (widget, signals[FAILED], 0, error);
}

static void
on_link (ReaderPage *self, const char *uri, gboolean is_misleading)
{
  if (self->body && model_body_is_junk (self->body))
    reader_page_tell (self, _("Links in junk are off. If it is no junk, press “Not Junk” first."));
  else
    reader_opener_open (GTK_WIDGET (self), uri, is_misleading, on_link_failed);
}

static void
on_content_failed (ReaderPage *self, GError *error)
{
  g_clear_error (&self->page_error);
  self->page_error = g_error_copy (error);
  show_bar (self);
  show_attachments (self);
}

static void
on_attachment_failed (ReaderPage *self, GError *error)
{
  reader_page_tell_failure (self, error);
}

static void
on_attachment_saved (ReaderPage *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  /* Translators: %s is a file's or folder's name */
  g_autofree char *text = g_strdup_printf (_("Saved as “%s”"), name);

  reader_page_tell (self, text);
}

static void
on_attached_message (ReaderPage *self, guint position)
{
  g_signal_emit (self, signals[MESSAGE], 0, position);
}

static void
set_is_plain (ReaderPage *self, gboolean is_plain)
{
  if (self->is_plain == is_plain)
    return;
  self->is_plain = is_plain;
  reader_body_set_is_plain (self->content, is_plain);
  show_bar (self);
  show_cards (self);
  show_attachments (self);
  if (self->state)
    app_state_set_int (self->state, "reader", "plain-text", is_plain);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IS_PLAIN]);
}

static gboolean
reader_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (READER_PAGE (widget)->content));
}

static void
reader_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ReaderPage *self = READER_PAGE (object);

  switch (prop_id)
    {
    case PROP_IS_PLAIN:
      g_value_set_boolean (value, self->is_plain);
      break;
    case PROP_BODY:
      g_value_set_object (value, self->body);
      break;
    case PROP_OFFERS_IMAGES:
      g_value_set_boolean (value, offers_images (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
reader_page_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_IS_PLAIN)
    set_is_plain (READER_PAGE (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
reader_page_dispose (GObject *object)
{
  ReaderPage *self = READER_PAGE (object);

  g_clear_object (&self->saver);
  g_clear_object (&self->state);
  g_clear_object (&self->accounts);
  g_clear_object (&self->body);
  g_clear_error (&self->page_error);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (reader_page_parent_class)->dispose (object);
}

static void
reader_page_class_init (ReaderPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reader_page_dispose;
  G_OBJECT_CLASS (klass)->get_property = reader_page_get_property;
  G_OBJECT_CLASS (klass)->set_property = reader_page_set_property;
  widget_class->grab_focus = reader_page_grab_focus;

  props[PROP_IS_PLAIN] = g_param_spec_boolean ("is-plain", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_BODY] = g_param_spec_object ("body", NULL, NULL, MODEL_TYPE_BODY, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_OFFERS_IMAGES] = g_param_spec_boolean ("offers-images", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);

  signals[NOTICE] = g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[MESSAGE] = g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  g_type_ensure (READER_TYPE_HEADER);
  g_type_ensure (READER_TYPE_BAR);
  g_type_ensure (READER_TYPE_EXTRAS);
  g_type_ensure (READER_TYPE_REPORT);
  g_type_ensure (READER_TYPE_INVITATION);
  g_type_ensure (READER_TYPE_CARDS);
  g_type_ensure (READER_TYPE_BODY);
  g_type_ensure (READER_TYPE_ATTACHMENTS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/reader/reader-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ReaderPage, box);
  gtk_widget_class_bind_template_child (widget_class, ReaderPage, header);
  gtk_widget_class_bind_template_child (widget_class, ReaderPage, bar);
  gtk_widget_class_bind_template_child (widget_class, ReaderPage, told);
  gtk_widget_class_bind_template_child (widget_class, ReaderPage, report);
  gtk_widget_class_bind_template_child (widget_class, ReaderPage, invitation);
  gtk_widget_class_bind_template_child (widget_class, ReaderPage, cards);
  gtk_widget_class_bind_template_child (widget_class, ReaderPage, content);
  gtk_widget_class_bind_template_child (widget_class, ReaderPage, attachments);
  gtk_widget_class_bind_template_callback (widget_class, on_link);
  gtk_widget_class_bind_template_callback (widget_class, on_content_failed);
  gtk_widget_class_bind_template_callback (widget_class, on_attachment_failed);
  gtk_widget_class_bind_template_callback (widget_class, on_attachment_saved);
  gtk_widget_class_bind_template_callback (widget_class, on_attached_message);
}

static void
reader_page_init (ReaderPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
reader_page_set_models (ReaderPage *self, ModelSaver *saver, AppState *state, AccountList *accounts)
{
  g_set_object (&self->saver, saver);
  g_set_object (&self->state, state);
  g_set_object (&self->accounts, accounts);
  reader_attachments_set_saver (self->attachments, saver);
  reader_header_set_accounts (self->header, accounts);
  if (state)
    {
      reader_body_set_zoom (self->content, app_state_get_int (state, "reader", "zoom", 100) / 100.0);
      set_is_plain (self, app_state_get_int (state, "reader", "plain-text", FALSE));
    }
}

void
reader_page_set_contacts (ReaderPage *self, ModelContacts *contacts)
{
  reader_header_set_contacts (self->header, contacts);
}

ModelSaver *
reader_page_get_saver (ReaderPage *self)
{
  return self->saver;
}

/* What its source says. Where that is what it was, who reads stays where they are in it. */
static void
show_content (ReaderPage *self)
{
  g_clear_error (&self->page_error);
  if (self->body)
    reader_header_show (self->header, self->body);
  show_cards (self);
  reader_body_show (self->content, self->body, self->loads_remote);
  show_attachments (self);
}

void
reader_page_show (ReaderPage *self, ModelBody *body)
{
  gboolean is_same = self->body && body && model_body_get_id (body) && model_body_get_id (self->body) == model_body_get_id (body);
  gboolean is_as_before = is_same && model_body_has_source_of (self->body, body);

  g_set_object (&self->body, body);
  if (!is_same)
    self->loads_remote = body && self->state && reader_senders_may_load (self->state, body);
  reader_report_show (self->report, body);
  reader_invitation_show (self->invitation, body, self->accounts);
  if (!is_as_before)
    show_content (self);
  gtk_widget_set_visible (self->told, gtk_widget_get_visible (GTK_WIDGET (self->report)) || gtk_widget_get_visible (GTK_WIDGET (self->invitation))
                                        || gtk_widget_get_visible (GTK_WIDGET (self->cards)));
  show_bar (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BODY]);
}

void
reader_page_show_error (ReaderPage *self, const GError *error)
{
  reader_page_show (self, NULL);
  reader_bar_show_error (self->bar, error);
}

ModelBody *
reader_page_get_body (ReaderPage *self)
{
  return self->body;
}

ReaderBody *
reader_page_get_content (ReaderPage *self)
{
  return self->content;
}

void
reader_page_set_is_fetching (ReaderPage *self, gboolean is_fetching)
{
  if (is_fetching)
    reader_bar_set_is_busy (self->bar, TRUE);
  else if (self->body)
    show_bar (self);
}

void
reader_page_show_images (ReaderPage *self, gboolean is_always)
{
  if (!self->body || model_body_is_junk (self->body))
    return;
  if (is_always && self->state)
    reader_senders_allow (self->state, self->body);
  self->loads_remote = TRUE;
  reader_body_show (self->content, self->body, TRUE);
  show_bar (self);
}

void
reader_page_open_calendar (ReaderPage *self)
{
  reader_attachments_open_type (self->attachments, "text/calendar", "application/ics");
}

void
reader_page_zoom (ReaderPage *self, double factor)
{
  reader_body_set_zoom (self->content, factor > 0 ? reader_body_get_zoom (self->content) * factor : 1);
  if (self->state)
    app_state_set_int (self->state, "reader", "zoom", (int) (reader_body_get_zoom (self->content) * 100 + 0.5));
}

void
reader_page_tell (ReaderPage *self, const char *sentence)
{
  g_signal_emit (self, signals[NOTICE], 0, sentence);
}

void
reader_page_tell_failure (ReaderPage *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error);
}
