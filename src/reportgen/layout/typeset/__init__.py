"""Words to set lines, and lines to marks that know their place, their fact and their structure."""
