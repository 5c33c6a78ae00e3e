"""MSP Vitals: the truth about a managed service provider's operating model, from its exports."""
