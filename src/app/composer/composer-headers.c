/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Binds the fields above the text to the draft, and says by the field what is wrong with it. */
#include "composer-headers.h"

#include "base-config.h"
#include "mail-address.h"
#include "recipients-entry.h"
#include "setup-field.h"

#include <glib/gi18n.h>

typedef enum
{
  FIELD_TO,
  FIELD_CC,
  FIELD_BCC,
  N_FIELDS
} Field;

struct _ComposerHeaders
{
  AdwBin parent_instance;
  ModelDraft *draft;

  /* the template's */
  GtkDropDown *from_row;
  RecipientsEntry *entries[N_FIELDS];
  GtkLabel *problems[N_FIELDS];
  GtkEntry *subject_entry;
  GtkButton *copies_button;
};

enum
{
  SIGNAL_DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ComposerHeaders, composer_headers, ADW_TYPE_BIN)

static void
set_problem (ComposerHeaders *self, Field field, const char *sentence)
{
  setup_field_set_problem (GTK_WIDGET (self->entries[field]), self->problems[field], sentence);
}

static char *
describe_identity (GObject *item, const char *name, const char *email)
{
  MailAddress address = { .name = (char *) (name ? name : ""), .address = (char *) (email ? email : "") };

  return mail_address_to_string (&address);
}

void
composer_headers_show_copies (ComposerHeaders *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->entries[FIELD_CC]), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->entries[FIELD_BCC]), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->copies_button), FALSE);
}

static void
on_copies_clicked (ComposerHeaders *self)
{
  composer_headers_show_copies (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entries[FIELD_CC]));
}

/* A complaint goes as soon as somebody mends what it was about; it comes only when mail is to be sent. */
static void
on_recipients_edited (ComposerHeaders *self, RecipientsEntry *entry)
{
  for (Field field = 0; field < N_FIELDS; field++)
    if (entry == self->entries[field] || field == FIELD_TO)
      setup_field_clear_problem (GTK_WIDGET (self->entries[field]), self->problems[field]);
}

static void
on_subject_activated (ComposerHeaders *self)
{
  g_signal_emit (self, signals[SIGNAL_DONE], 0);
}

static void
on_sender_selected (ComposerHeaders *self)
{
  AccountIdentity *identity = gtk_drop_down_get_selected_item (self->from_row);

  if (self->draft && identity)
    g_object_set (self->draft, "identity", identity, NULL);
}

static void
select_sender (ComposerHeaders *self)
{
  GListModel *identities = model_draft_get_identities (self->draft);
  g_autoptr (AccountIdentity) chosen = NULL;

  g_object_get (self->draft, "identity", &chosen, NULL);
  for (guint i = 0; chosen && i < g_list_model_get_n_items (identities); i++)
    {
      g_autoptr (AccountIdentity) identity = g_list_model_get_item (identities, i);

      if (identity != chosen)
        continue;
      gtk_drop_down_set_selected (self->from_row, i);
      return;
    }
}

static GtkListItemFactory *
make_sender_factory (void)
{
  g_autoptr (GtkBuilderScope) scope = gtk_builder_cscope_new ();

  gtk_builder_cscope_add_callback_symbol (GTK_BUILDER_CSCOPE (scope), "describe_identity", G_CALLBACK (describe_identity));
  return gtk_builder_list_item_factory_new_from_resource (scope, POSTHORN_RESOURCE_PATH "/ui/composer/composer-sender.ui");
}

static void
composer_headers_dispose (GObject *object)
{
  ComposerHeaders *self = COMPOSER_HEADERS (object);

  g_clear_object (&self->draft);
  gtk_widget_dispose_template (GTK_WIDGET (self), COMPOSER_TYPE_HEADERS);
  G_OBJECT_CLASS (composer_headers_parent_class)->dispose (object);
}

static void
composer_headers_class_init (ComposerHeadersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = composer_headers_dispose;

  signals[SIGNAL_DONE] = g_signal_new ("done", COMPOSER_TYPE_HEADERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ACCOUNT_TYPE_IDENTITY);
  g_type_ensure (RECIPIENTS_TYPE_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/composer/composer-headers.ui");
  gtk_widget_class_bind_template_child (widget_class, ComposerHeaders, from_row);
  gtk_widget_class_bind_template_child_full (widget_class, "to_entry", FALSE, G_STRUCT_OFFSET (ComposerHeaders, entries[FIELD_TO]));
  gtk_widget_class_bind_template_child_full (widget_class, "cc_entry", FALSE, G_STRUCT_OFFSET (ComposerHeaders, entries[FIELD_CC]));
  gtk_widget_class_bind_template_child_full (widget_class, "bcc_entry", FALSE, G_STRUCT_OFFSET (ComposerHeaders, entries[FIELD_BCC]));
  gtk_widget_class_bind_template_child_full (widget_class, "to_problem", FALSE, G_STRUCT_OFFSET (ComposerHeaders, problems[FIELD_TO]));
  gtk_widget_class_bind_template_child_full (widget_class, "cc_problem", FALSE, G_STRUCT_OFFSET (ComposerHeaders, problems[FIELD_CC]));
  gtk_widget_class_bind_template_child_full (widget_class, "bcc_problem", FALSE, G_STRUCT_OFFSET (ComposerHeaders, problems[FIELD_BCC]));
  gtk_widget_class_bind_template_child (widget_class, ComposerHeaders, subject_entry);
  gtk_widget_class_bind_template_child (widget_class, ComposerHeaders, copies_button);
  gtk_widget_class_bind_template_callback (widget_class, describe_identity);
  gtk_widget_class_bind_template_callback (widget_class, on_copies_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_recipients_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_sender_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_subject_activated);
}

static void
composer_headers_init (ComposerHeaders *self)
{
  g_autoptr (GtkListItemFactory) factory = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  factory = make_sender_factory ();
  gtk_drop_down_set_factory (self->from_row, factory);
}

void
composer_headers_set_draft (ComposerHeaders *self, ModelDraft *draft)
{
  static const char *const names[N_FIELDS] = { "to", "cc", "bcc" };
  const GBindingFlags both = G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE;

  g_autoptr (ModelContacts) contacts = model_contacts_new (model_draft_get_store (draft));

  g_return_if_fail (self->draft == NULL);

  gtk_drop_down_set_model (self->from_row, model_draft_get_identities (draft)); /* selects the first: the draft must not hear of that */
  self->draft = g_object_ref (draft);
  select_sender (self);
  for (Field field = 0; field < N_FIELDS; field++)
    {
      recipients_entry_set_contacts (self->entries[field], contacts);
      g_object_bind_property (draft, names[field], self->entries[field], "addresses", both);
    }
  g_object_bind_property (draft, "subject", self->subject_entry, "text", both);

  if (!recipients_entry_is_empty (self->entries[FIELD_CC]) || !recipients_entry_is_empty (self->entries[FIELD_BCC]))
    composer_headers_show_copies (self);
}

gboolean
composer_headers_check (ComposerHeaders *self)
{
  gboolean has_recipient = FALSE;

  for (Field field = 0; field < N_FIELDS; field++)
    {
      g_autofree char *sentence = recipients_entry_find_problem (self->entries[field]);

      has_recipient = has_recipient || !recipients_entry_is_empty (self->entries[field]);
      if (!sentence)
        continue;
      set_problem (self, field, sentence);
      return FALSE;
    }
  if (!has_recipient)
    set_problem (self, FIELD_TO, _("Say who the message goes to, as ana@example.org."));
  return has_recipient;
}

gboolean
composer_headers_grab_focus (ComposerHeaders *self)
{
  GtkWidget *entry = NULL;

  if (recipients_entry_is_empty (self->entries[FIELD_TO]))
    entry = GTK_WIDGET (self->entries[FIELD_TO]);
  else if (gtk_entry_get_text_length (self->subject_entry) == 0)
    entry = GTK_WIDGET (self->subject_entry);
  return entry && gtk_widget_grab_focus (entry);
}
